// The moves the partner has heard from the performer, as a graph of the twelve pitch classes, and how far the next choice spreads over them.

import { byId, draw, say } from '../dom.js';
import { pitchName } from '../words.js';

const SIZE = 240, MIDDLE = SIZE / 2, RING = 88;

/** @param {number} pitchClass place on the circle of fifths: neighbours in harmony are neighbours in the picture @param {number} [radius] */
function place(pitchClass, radius = RING) {
  const angle = (((pitchClass * 7) % 12) / 12) * 2 * Math.PI - Math.PI / 2;
  return { x: MIDDLE + radius * Math.cos(angle), y: MIDDLE + radius * Math.sin(angle) };
}

export class Graph {
  /** How often the performer went from one pitch class to another. */ #moves = new Float64Array(144);
  /** @type {number | null} */ #last = null;
  /** @type {number[]} */ #spread = new Array(12).fill(0);
  #shown = false;

  /** @param {boolean} shown */
  show(shown) {
    this.#shown = shown;
    this.draw();
  }

  /** The performer played @param {number} pitch */
  heard(pitch) {
    const to = pitch % 12;
    if (this.#last != null) this.#moves[12 * this.#last + to]++;
    this.#last = to;
    this.draw();
  }

  /** A phrase ended: the next note is no move from the last. */
  breathe() {
    this.#last = null;
  }

  /** The law of a decision. @param {number[]} pitches @param {number[]} law as measured */
  take(pitches, law) {
    this.#spread.fill(0);
    pitches.forEach((pitch, i) => (this.#spread[pitch % 12] += law[i] ?? 0));
    this.draw();
  }

  draw() {
    if (!this.#shown) return;
    const most = Math.max(...this.#moves), edges = [], nodes = [];
    let moves = 0;
    for (let from = 0; from < 12; from++) {
      for (let to = 0; to < 12; to++) {
        const n = this.#moves[12 * from + to];
        if (!n) continue;
        moves += n;
        edges.push(draw('path', { class: 'move', d: path(from, to), 'stroke-width': (0.8 + (4 * n) / most).toFixed(2) }));
      }
    }
    for (let c = 0; c < 12; c++) {
      const { x, y } = place(c), far = place(c, RING + 20);
      nodes.push(
        draw('circle', { class: 'node', cx: x.toFixed(1), cy: y.toFixed(1), r: 4 }),
        this.#spread[c] > 0.002 ? draw('circle', { class: 'spread', cx: x.toFixed(1), cy: y.toFixed(1), r: (4 + 18 * Math.sqrt(this.#spread[c])).toFixed(1) }) : null,
        draw('text', { class: 'pitch', x: far.x.toFixed(1), y: (far.y + 4).toFixed(1) }, pitchName(60 + c).slice(0, -1)));
    }
    const spread = this.#spread.map((p, c) => (p > 0.02 ? `${pitchName(60 + c).slice(0, -1)} ${Math.round(100 * p)} %` : '')).filter(Boolean).join(', ');
    say('graph-say', moves ? 'Your moves from tone to tone; the circles show where the choice that is looked at may lead.' : 'Your moves from tone to tone appear here.');
    byId('graph').querySelector('svg')?.remove();
    byId('graph').append(draw('svg', { viewBox: `0 0 ${SIZE} ${SIZE}`, role: 'img', 'aria-label': `${moves} moves heard; the choice may lead to ${spread || 'nothing yet'}` }, ...edges, ...nodes));
  }
}

/** A bow from one to the other, bent to the middle, so that there and back lie apart; a loop where it stays. @param {number} from @param {number} to */
function path(from, to) {
  const a = place(from), b = place(to);
  if (from === to) {
    const out = place(from, RING + 9);
    return `M${a.x.toFixed(1)} ${a.y.toFixed(1)}A6 6 0 1 1 ${out.x.toFixed(1)} ${out.y.toFixed(1)}A6 6 0 1 1 ${a.x.toFixed(1)} ${a.y.toFixed(1)}`;
  }
  const [dx, dy] = [b.x - a.x, b.y - a.y], bend = { x: (a.x + b.x) / 2 - dy * 0.12, y: (a.y + b.y) / 2 + dx * 0.12 };
  return `M${a.x.toFixed(1)} ${a.y.toFixed(1)}Q${bend.x.toFixed(1)} ${bend.y.toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
}
