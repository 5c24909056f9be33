// The answer as it is planned: notes that wait become ghosts; the ones that have come take over what was known of them.

/**
 * @typedef {object} Planned
 * @property {number} on page time @property {number} off page time @property {number} pitch @property {number} velocity
 * @property {number | null} consensus 0 to 1 @property {string} origin @property {number} decision 0: none was written down
 * @property {boolean} come whether it has begun to sound
 */

// A note comes at its planned instant, give or take the clocks.
const WITHIN = 60;

export class Plan {
  /** @type {Planned[]} */ notes = [];
  /** @type {import('../link/live.js').State['answer']} */ answer = null;

  /** Takes the host's answer, its times as page times; null: there is none any more. @param {import('../link/live.js').State['answer']} answer */
  take(answer) {
    const same = answer && this.answer?.number === answer.number;
    const come = same ? this.notes.filter(n => n.come) : [];
    this.answer = answer;
    this.notes = (answer?.notes ?? []).map(([on, off, pitch, velocity, consensus, origin, decision]) => ({
      on, off, pitch, velocity, consensus, origin, decision, come: come.some(n => n.pitch === pitch && Math.abs(n.on - on) < WITHIN),
    }));
  }

  /** The planned note that a note of the partner is; null when it was not planned. @param {number} pitch @param {number} at page time @returns {Planned | null} */
  meet(pitch, at) {
    let best = null;
    for (const n of this.notes) {
      if (!n.come && n.pitch === pitch && Math.abs(n.on - at) < WITHIN && (!best || Math.abs(n.on - at) < Math.abs(best.on - at))) best = n;
    }
    if (best) best.come = true;
    return best;
  }

  /** Those still to come. @param {number} now @returns {Planned[]} */
  ghosts(now) {
    return this.notes.filter(n => !n.come && n.on > now - WITHIN);
  }
}
