// Call and answer as a moving roll. The performer's notes are round and full, the partner's pointed and hollow, so that they differ without their colours.

import { isBlack, pitchName } from './words.js';

/** @typedef {{ part: string, pitch: number, velocity: number, on: number, off: number }} Note times of the page; off is Infinity while it sounds */

const SECONDS_AHEAD = 1.2;
const LONGEST = 15000;
const MOST_NOTES = 3000;
const HELD_AT_MOST = 60000;
const COLOURS = { performer: '255,180,84', partner: '83,211,234' };

export class Roll {
  /** @type {Note[]} */ #notes = [];
  /** @type {{ bar: number, beat: number, line: number } | null} milliseconds */ #grid = null;
  #low = 54;
  #high = 79;
  #blank = false;
  #calm = matchMedia('(prefers-reduced-motion: reduce)');

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    this.canvas = canvas;
    this.pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    new ResizeObserver(() => this.#fit()).observe(canvas);
    this.#fit();
  }

  /** @param {any} state a state message, its barLine in page time */
  setGrid(state) {
    if (state.tempo == null || state.barLine == null) this.#grid = null;
    else {
      const quarter = 60000 / state.tempo, [numerator, denominator] = state.metre.split('/').map(Number);
      this.#grid = { bar: (quarter * 4 * numerator) / denominator, beat: quarter * state.beat, line: state.barLine };
    }
  }

  /** @param {string} part @param {number} pitch @param {number} velocity @param {number} at */
  on(part, pitch, velocity, at) {
    this.off(part, pitch, at);
    this.#notes.push({ part, pitch, velocity, on: at, off: Infinity });
    if (this.#notes.length > MOST_NOTES) this.#notes.shift();
  }

  /** Ends a note; one that would end before it began was cancelled and goes. @param {string} part @param {number} pitch @param {number} at */
  off(part, pitch, at) {
    const i = this.#notes.findLastIndex(n => n.part === part && n.pitch === pitch && n.off === Infinity);
    if (i < 0) return;
    if (at <= this.#notes[i].on) this.#notes.splice(i, 1);
    else this.#notes[i].off = at;
  }

  /** Ends all notes of one part, or of both. @param {number} at @param {string} [part] */
  cut(at, part) {
    for (const n of this.#notes) if (!part || n.part === part) n.off = Math.min(n.off, at);
    this.#notes = this.#notes.filter(n => n.off > n.on);
  }

  /** The part that sounds each pitch now. @param {number} now @returns {Map<number, string>} */
  sounding(now) {
    const map = new Map();
    for (const n of this.#notes) if (n.on <= now && n.off > now) map.set(n.pitch, n.part);
    return map;
  }

  /** @param {number} now */
  draw(now) {
    const { pen, canvas } = this, ratio = devicePixelRatio, width = canvas.width / ratio, height = canvas.height / ratio;
    const perSecond = Math.min(130, Math.max(70, width / 9)), visible = (width / perSecond) * 1000;
    this.#notes = this.#notes.filter(n => (n.off === Infinity ? n.on > now - HELD_AT_MOST : n.off > now - LONGEST));

    const blank = !this.#notes.length && !this.#grid;
    if (blank && this.#blank) return;
    this.#blank = blank;

    // Where motion is not wanted the picture stands still and the line of now moves over it.
    const left = this.#calm.matches ? Math.floor(now / (visible * 0.8)) * visible * 0.8 : now + SECONDS_AHEAD * 1000 - visible;
    const x = (/** @type {number} */ t) => ((t - left) * perSecond) / 1000;
    this.#follow(left);
    const rows = this.#high - this.#low + 1, row = height / rows;
    const y = (/** @type {number} */ pitch) => (this.#high - pitch) * row;

    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    this.#drawRows(width, row, y);
    this.#drawGrid(left, left + visible, x, height);
    pen.fillStyle = 'rgba(255,255,255,.5)';
    pen.fillRect(Math.round(x(now)), 0, 1.5, height);
    const thick = Math.min(15, Math.max(6, row * 0.86));
    for (const n of this.#notes) {
      const from = x(n.on), to = x(n.off === Infinity ? Math.max(now, n.on) : n.off);
      if (to > -20 && from < width) this.#drawNote(n, from, Math.max(to, from + 3), y(n.pitch) + row / 2, thick, n.on <= now && n.off > now);
    }
  }

  #fit() {
    this.#blank = false;
    const box = this.canvas.getBoundingClientRect();
    this.canvas.width = Math.max(1, Math.round(box.width * devicePixelRatio));
    this.canvas.height = Math.max(1, Math.round(box.height * devicePixelRatio));
  }

  /** Moves the pitch range, gently, to what is seen. @param {number} left */
  #follow(left) {
    let low = 127, high = 0;
    for (const n of this.#notes) {
      if (n.off < left) continue;
      low = Math.min(low, n.pitch);
      high = Math.max(high, n.pitch);
    }
    if (high < low) return;
    const spare = Math.max(3, (24 - (high - low)) / 2), pace = this.#calm.matches ? 1 : 0.08;
    const keep = low - 2 >= this.#low && high + 2 <= this.#high && high - low + 30 > this.#high - this.#low;
    if (keep) return;
    this.#low += (Math.max(0, low - spare) - this.#low) * pace;
    this.#high += (Math.min(127, high + spare) - this.#high) * pace;
  }

  /** @param {number} width @param {number} row @param {(pitch: number) => number} y */
  #drawRows(width, row, y) {
    const { pen } = this;
    pen.font = '11px system-ui, sans-serif';
    for (let pitch = Math.floor(this.#low); pitch <= this.#high + 1; pitch++) {
      if (isBlack(pitch)) {
        pen.fillStyle = 'rgba(255,255,255,.022)';
        pen.fillRect(0, y(pitch), width, row);
      }
      if (pitch % 12 === 0) {
        pen.fillStyle = 'rgba(255,255,255,.13)';
        pen.fillRect(0, y(pitch) + row, width, 1);
        pen.fillStyle = '#8d97a6';
        pen.fillText(pitchName(pitch), 6, y(pitch) + row - 4);
      }
    }
  }

  /** @param {number} from @param {number} to @param {(t: number) => number} x @param {number} height */
  #drawGrid(from, to, x, height) {
    if (!this.#grid) return;
    const { pen } = this, { bar, beat, line } = this.#grid;
    for (let b = Math.floor((from - line) / bar); line + b * bar < to; b++) {
      const start = line + b * bar;
      for (let t = 0; t < bar - 1; t += beat) {
        pen.fillStyle = t === 0 ? 'rgba(255,255,255,.2)' : 'rgba(255,255,255,.07)';
        pen.fillRect(Math.round(x(start + t)), 0, 1, height);
      }
    }
  }

  /** @param {Note} n @param {number} from @param {number} to @param {number} middle @param {number} thick @param {boolean} sounds */
  #drawNote(n, from, to, middle, thick, sounds) {
    const { pen } = this, half = thick / 2, colour = COLOURS[/** @type {'performer' | 'partner'} */ (n.part)];
    const strength = 0.55 + 0.45 * (n.velocity / 127);
    pen.beginPath();
    if (n.part === 'performer') {
      pen.roundRect(from, middle - half, Math.max(to - from, thick), thick, half);
      pen.fillStyle = `rgba(${colour},${sounds ? 1 : strength * 0.9})`;
      pen.fill();
      return;
    }
    const end = Math.max(to, from + thick * 1.2);
    pen.moveTo(from, middle);
    pen.lineTo(from + half, middle - half);
    pen.lineTo(end - half * 0.6, middle - half);
    pen.lineTo(end, middle);
    pen.lineTo(end - half * 0.6, middle + half);
    pen.lineTo(from + half, middle + half);
    pen.closePath();
    pen.fillStyle = `rgba(${colour},${sounds ? 0.75 : 0.2})`;
    pen.strokeStyle = `rgba(${colour},${sounds ? 1 : strength})`;
    pen.lineWidth = 1.6;
    pen.fill();
    pen.stroke();
  }
}
