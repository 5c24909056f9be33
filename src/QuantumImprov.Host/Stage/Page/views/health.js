// How well the machine keeps up: counts of the host, and what this page sees of the way to it.

import { byId, draw, make, say } from '../dom.js';

const WIDE = 230, HIGH = 70, FOOT = 14;
// Upper ends in milliseconds of the steps in which this page counts how early the partner's notes come.
const EARLY = [-16, 0, 4, 8, 16, 32, 64];

export class Health {
  #early = new Array(EARLY.length + 1).fill(0);
  #shown = false;
  /** @type {import('../../protocol.js').FromHost.Health | null} */ #latest = null;

  /** @param {boolean} shown */
  show(shown) {
    this.#shown = shown;
    this.#draw();
  }

  /** A note of the partner came. @param {number} ahead milliseconds before it is to sound */
  came(ahead) {
    const step = EARLY.findIndex(end => ahead <= end);
    this.#early[step < 0 ? EARLY.length : step]++;
  }

  /** @param {import('../../protocol.js').FromHost.Health} message */
  take(message) {
    this.#latest = message;
    this.#draw();
  }

  #draw() {
    if (!this.#shown || !this.#latest) return;
    const { health: h, ends } = this.#latest;
    say('health-say', h.trouble ?? (h.ports ? `All is well: ${h.ports}.` : 'All is well: only pages play, without MIDI ports.'));
    const facts = /** @type {[string, number | string | null][]} */ ([
      ['Xruns', h.xruns], ['Turns missed by the player', h.missedTurns], ['Notes late', h.lateNotes], ['Input lost', h.lostInput], ['Controls thinned', h.controlsThinned], ['Notes missed by pages', h.missedByPages],
      ['Page messages dropped', h.flooded], ['Collections (0, 1, 2)', h.collections.join(', ')], ['Paused by them', `${h.pausedMilliseconds} ms`],
    ]);
    byId('health-facts').replaceChildren(...facts.filter(f => f[1] != null).map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, `${value}`))));
    byId('health-plots').replaceChildren(
      plot('From a key to the engine, ms', h.heard, ends),
      plot('From round to round of the engine, ms', h.rounds, ends),
      plot('Partner’s notes come ahead of their time by, ms', this.#early, EARLY),
    );
  }
}

/** A histogram on a scale of decades: rare long ones matter most. @param {string} title @param {number[]} counts @param {number[]} ends */
function plot(title, counts, ends) {
  const most = Math.log10(1 + Math.max(1, ...counts)), step = WIDE / counts.length, total = counts.reduce((a, b) => a + b, 0);
  const words = counts.map((n, i) => (n ? `${n} ${i < ends.length ? `up to ${ends[i]}` : `above ${ends[i - 1]}`}` : '')).filter(Boolean).join(', ');
  const parts = counts.flatMap((n, i) => {
    const high = (Math.log10(1 + n) / most) * (HIGH - 12);
    return [
      draw('rect', { class: 'bar', x: (i * step + 1).toFixed(1), y: (HIGH - high).toFixed(1), width: (step - 2).toFixed(1), height: high.toFixed(1) }),
      n ? draw('text', { class: 'pitch', x: ((i + 0.5) * step).toFixed(1), y: (HIGH - high - 2).toFixed(1) }, n < 10000 ? `${n}` : `${Math.round(n / 1000)}k`) : null,
      i < ends.length ? draw('text', { class: 'pitch', x: ((i + 1) * step).toFixed(1), y: HIGH + FOOT - 2 }, `${ends[i]}`) : null,
    ];
  });
  return make('figure', {}, make('figcaption', {}, title), draw('svg', { viewBox: `0 0 ${WIDE} ${HIGH + FOOT}`, role: 'img', 'aria-label': `${title}: ${total ? words : 'none yet'}` }, ...parts));
}
