// Whose time the session keeps: who it is, whether it is steady, whom it may follow, and the transport that programs share.

import { byId, say } from '../dom.js';

/** @typedef {import('../link/live.js').State['time']} Time */

const KEEPERS = /** @type {Record<Time['keeper'], string>} */ ({
  phrases: 'You keep the time', stated: 'The partner keeps the time', tapped: 'The partner keeps the time', clock: 'A MIDI clock keeps the time', song: 'JACK’s transport keeps the time',
});

/** What there is to say of it. @param {Time} time @returns {string} */
function explain({ keeper, steady, uneven }) {
  switch (keeper) {
    case 'clock':
      return steady ? `Steady: its ticks come within ${uneven ?? 0} ms of an even beat.` : `Unsteady: its ticks are ${uneven ?? 0} ms off an even beat, or some are missing.`;
    case 'song':
      return steady ? 'Steady: the song runs on.' : 'The song has just been moved, or has changed its tempo.';
    case 'tapped':
      return 'Steady, at the tempo that you tapped.';
    case 'stated':
      return 'Steady, at the tempo it was told or left with.';
    default:
      return 'The beat is found in each phrase that you play, so it moves with you.';
  }
}

export class Sync {
  #choices = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll('#sync-choice input')]);

  /** @param {import('../link/live.js').Ask} ask */
  constructor(ask) {
    for (const choice of this.#choices) choice.addEventListener('change', () => ask('act', { name: 'sync', value: Number(choice.value) }));
    byId('roll-on').addEventListener('click', () => ask('transport', { rolls: true }));
    byId('roll-off').addEventListener('click', () => ask('transport', { rolls: false }));
  }

  /** @param {import('../link/live.js').State} state */
  take({ time }) {
    if (!time) return;
    say('keeper', KEEPERS[time.keeper] ?? time.keeper);
    byId('keeper').dataset.steady = time.steady ? 'yes' : 'no';
    say('keeper-says', explain(time) + (time.keeper !== 'clock' && time.uneven != null ? ' A MIDI clock is heard and not followed.' : ''));
    for (const choice of this.#choices) choice.checked = Number(choice.value) === time.follows;
    byId('transport').hidden = time.rolls == null;
    say('transport-says', time.rolls ? 'JACK’s transport rolls' : 'JACK’s transport stands');
    byId('roll-on').setAttribute('aria-pressed', `${time.rolls === true}`);
    byId('roll-off').setAttribute('aria-pressed', `${time.rolls === false}`);
  }
}
