// Call and answer as a moving roll on the beat grid, and the plan ahead of now. The performer's notes are round and full, the partner's pointed and hollow, planned ones dashed, so that they differ without their colours.

import { isBlack, pitchName } from '../words.js';
import { Changes } from './changes.js';
import { LANE, Marks } from './marks.js';
import { PERFORMER, partnerColours, rgba } from './palette.js';
import { Plan } from './plan.js';

/**
 * @typedef {object} Note
 * @property {string} part @property {number} pitch @property {number} velocity
 * @property {number} on page time @property {number} off page time; Infinity while it sounds
 * @property {number | null} consensus @property {string} origin @property {number} decision
 */

const LONGEST = 20000;
const MOST_NOTES = 3000;
const HELD_AT_MOST = 60000;
// How much of the strip is past.
const PAST = 0.6;

export class Roll {
  /** @type {Note[]} */ #notes = [];
  /** @type {{ bar: number, beat: number, line: number } | null} milliseconds */ #grid = null;
  plan = new Plan();
  marks = new Marks();
  changes = new Changes();
  #low = 54;
  #high = 79;
  #blank = false;
  #turn = 'idle';
  #calm = matchMedia('(prefers-reduced-motion: reduce)');
  /** Where notes were drawn last, for the pointer. @type {{ x: number, y: number, width: number, height: number, decision: number }[]} */ #boxes = [];

  /** @param {HTMLCanvasElement} canvas @param {(decision: number) => void} picked a note of the partner was pointed at */
  constructor(canvas, picked) {
    this.canvas = canvas;
    this.pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    new ResizeObserver(() => this.#fit()).observe(canvas);
    canvas.addEventListener('pointerdown', event => {
      const hit = this.#boxes.find(b => event.offsetX >= b.x - 4 && event.offsetX <= b.x + b.width + 4 && Math.abs(event.offsetY - b.y) <= b.height);
      if (hit) picked(hit.decision);
    });
    this.#fit();
  }

  /** @param {import('../link/live.js').State} state */
  take(state) {
    this.#turn = state.turn;
    if (state.tempo == null || state.barLine == null) this.#grid = null;
    else {
      const quarter = 60000 / state.tempo, [numerator, denominator] = state.metre.split('/').map(Number);
      this.#grid = { bar: (quarter * 4 * numerator) / denominator, beat: quarter * state.beat, line: state.barLine };
    }
    if (this.plan.answer && !state.answer) this.marks.drop(performance.now());
    this.plan.take(state.answer ?? null);
    this.changes.take(state.chart ?? null);
    this.marks.take(state.phrase, state.answer, state.way);
  }

  /** The host is gone: nothing is planned any more. */
  forget() {
    this.#grid = null;
    this.#turn = 'idle';
    this.plan.take(null);
    this.marks.drop(performance.now());
  }

  /** @param {string} part @param {number} pitch @param {number} velocity @param {number} at @returns {Note} */
  on(part, pitch, velocity, at) {
    this.off(part, pitch, at);
    const planned = part === 'partner' ? this.plan.meet(pitch, at) : null;
    const note = { part, pitch, velocity, on: at, off: Infinity, consensus: planned?.consensus ?? null, origin: planned?.origin ?? 'local', decision: planned?.decision ?? 0 };
    this.#notes.push(note);
    if (this.#notes.length > MOST_NOTES) this.#notes.shift();
    return note;
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

  /** The partner's note that began last. @param {number} now @returns {Note | undefined} */
  latest(now) {
    return this.#notes.findLast(n => n.part === 'partner' && n.on <= now);
  }

  /** @param {number} now */
  draw(now) {
    const { pen, canvas } = this, ratio = devicePixelRatio, width = canvas.width / ratio, height = canvas.height / ratio;
    const perSecond = Math.min(110, Math.max(48, width / 11)), visible = (width / perSecond) * 1000;
    this.#notes = this.#notes.filter(n => (n.off === Infinity ? n.on > now - HELD_AT_MOST : n.off > now - LONGEST));

    const ghosts = this.plan.ghosts(now), blank = !this.#notes.length && !ghosts.length && !this.#grid;
    if (blank && this.#blank) return;
    this.#blank = blank;

    // Where motion is not wanted the picture stands still and the line of now moves over it.
    const page = visible * (PAST + 0.1);
    const left = this.#calm.matches ? Math.floor(now / page) * page : now - visible * PAST;
    const x = (/** @type {number} */ t) => ((t - left) * perSecond) / 1000;
    this.#follow(left, ghosts);
    const rows = this.#high - this.#low + 1, row = (height - LANE) / rows;
    const y = (/** @type {number} */ pitch) => LANE + (this.#high - pitch) * row;

    pen.setTransform(ratio, 0, 0, ratio, 0, 0);
    pen.clearRect(0, 0, width, height);
    this.#drawRows(width, row, y);
    this.#drawGrid(left, left + visible, x, height);
    this.marks.draw(pen, x, now, width);
    const thick = Math.min(17, Math.max(6, row * 0.86));
    this.#boxes = [];
    for (const n of ghosts) if (x(n.on) < width) this.#drawPartner(n, x(n.on), x(n.off), y(n.pitch) + row / 2, thick, 'planned');
    for (const n of this.#notes) {
      const from = x(n.on), to = Math.max(x(n.off === Infinity ? Math.max(now, n.on) : n.off), from + 3), sounds = n.on <= now && n.off > now;
      if (to <= -20 || from >= width) continue;
      if (n.part === 'performer') this.#drawPerformer(n, from, to, y(n.pitch) + row / 2, thick, sounds);
      else this.#drawPartner(n, from, to, y(n.pitch) + row / 2, thick, sounds ? 'sounds' : 'sounded');
    }
    this.changes.draw(pen, this.#grid, now, left, left + visible, x, height);
    this.#drawNow(Math.round(x(now)), height);
  }

  #fit() {
    this.#blank = false;
    const box = this.canvas.getBoundingClientRect();
    this.canvas.width = Math.max(1, Math.round(box.width * devicePixelRatio));
    this.canvas.height = Math.max(1, Math.round(box.height * devicePixelRatio));
  }

  /** Moves the pitch range, gently, to what is seen. @param {number} left @param {import('./plan.js').Planned[]} ghosts */
  #follow(left, ghosts) {
    let low = 127, high = 0;
    for (const n of [...this.#notes.filter(n => n.off >= left), ...ghosts]) {
      low = Math.min(low, n.pitch);
      high = Math.max(high, n.pitch);
    }
    if (high < low) return;
    const spare = Math.max(2, (18 - (high - low)) / 2), pace = this.#calm.matches ? 1 : 0.08;
    const keep = low - 1 >= this.#low && high + 1 <= this.#high && high - low + 26 > this.#high - this.#low;
    if (keep) return;
    this.#low += (Math.max(0, low - spare) - this.#low) * pace;
    this.#high += (Math.min(127, high + spare) - this.#high) * pace;
  }

  /** @param {number} width @param {number} row @param {(pitch: number) => number} y */
  #drawRows(width, row, y) {
    const { pen } = this;
    pen.font = '12px system-ui, sans-serif';
    for (let pitch = Math.floor(this.#low); pitch <= this.#high + 1; pitch++) {
      if (isBlack(pitch)) {
        pen.fillStyle = 'rgba(255,255,255,.022)';
        pen.fillRect(0, y(pitch), width, row);
      }
      if (pitch % 12 === 0) {
        pen.fillStyle = 'rgba(255,255,255,.13)';
        pen.fillRect(0, y(pitch) + row, width, 1);
        pen.fillStyle = '#9aa5b5';
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
        pen.fillStyle = t === 0 ? 'rgba(255,255,255,.24)' : 'rgba(255,255,255,.08)';
        pen.fillRect(Math.round(x(start + t)), t === 0 ? 0 : LANE, 1, height);
      }
    }
  }

  /** The line of now: whose turn it is stands on its head. @param {number} x @param {number} height */
  #drawNow(x, height) {
    const { pen } = this;
    const colour = this.#turn === 'listening' ? rgba(PERFORMER, 1) : this.#turn === 'answering' ? partnerColours('local', 0.6).line : 'rgba(255,255,255,.7)';
    pen.fillStyle = colour;
    pen.fillRect(x - 1, 0, 2, height);
    pen.beginPath();
    pen.moveTo(x - 8, 0);
    pen.lineTo(x + 8, 0);
    pen.lineTo(x, 10);
    pen.fill();
  }

  /** @param {Note} n @param {number} from @param {number} to @param {number} middle @param {number} thick @param {boolean} sounds */
  #drawPerformer(n, from, to, middle, thick, sounds) {
    const { pen } = this;
    pen.beginPath();
    pen.roundRect(from, middle - thick / 2, Math.max(to - from, thick), thick, thick / 2);
    pen.fillStyle = rgba(PERFORMER, sounds ? 1 : 0.5 + 0.4 * (n.velocity / 127));
    pen.fill();
  }

  /** @param {{ consensus: number | null, origin: string, decision: number }} n @param {number} from @param {number} to @param {number} middle @param {number} thick @param {'planned' | 'sounds' | 'sounded'} how */
  #drawPartner(n, from, to, middle, thick, how) {
    const { pen } = this, half = thick / 2, colours = partnerColours(n.origin, n.consensus), end = Math.max(to, from + thick * 1.2);
    pen.beginPath();
    pen.moveTo(from, middle);
    pen.lineTo(from + half, middle - half);
    pen.lineTo(end - half * 0.6, middle - half);
    pen.lineTo(end, middle);
    pen.lineTo(end - half * 0.6, middle + half);
    pen.lineTo(from + half, middle + half);
    pen.closePath();
    pen.lineWidth = how === 'sounds' ? 2.4 : 1.6;
    pen.strokeStyle = colours.line;
    if (how === 'planned') pen.setLineDash([4, 3]);
    else {
      pen.fillStyle = colours.fill;
      pen.fill();
    }
    pen.stroke();
    pen.setLineDash([]);
    // A QPU's note also carries a dot: colour alone is not for everybody.
    if (n.origin.startsWith('qpu')) {
      pen.beginPath();
      pen.arc(from + half + 2, middle, Math.max(1.5, thick / 6), 0, 7);
      pen.fillStyle = colours.line;
      pen.fill();
    }
    if (n.decision) this.#boxes.push({ x: from, y: middle, width: end - from, height: thick, decision: n.decision });
  }
}
