// What the stage says in words.

import { say } from './dom.js';

const NAMES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];

/** @param {number} pitch MIDI number, 60 = C4 */
export const pitchName = pitch => NAMES[pitch % 12] + (Math.floor(pitch / 12) - 1);

/** @param {number} pitch */
export const isBlack = pitch => [1, 3, 6, 8, 10].includes(pitch % 12);

/** @param {number | null | undefined} share 0 to 1 */
export const percent = share => (share == null ? '–' : `${Math.round(share * 100)} %`);

/** @typedef {import('./link/live.js').State} State */

/** @param {State['turn']} turn @param {State['way'] | ''} way how both share the music */
export function turnWords(turn, way) {
  if (turn === 'listening') return way === 'duet' ? 'Playing together' : 'Listening to you';
  if (turn === 'answering') return way === 'duet' ? 'Playing together' : 'The partner answers';
  return way === 'continue' ? 'Play, or hold the soft pedal' : 'Play a phrase';
}

const MOTIFS = /** @type {Record<NonNullable<State['answer']>['motif'], string>} */ ({
  none: '', same: 'your opening', transposed: 'your opening, moved', inverted: 'your opening, upside down', augmented: 'your opening, stretched', rhythmOnly: 'your rhythm',
});

/** What an answer's motif is called on the score. @param {NonNullable<State['answer']>['motif']} motif */
export const motifWords = motif => MOTIFS[motif] ?? '';

/** Shows the session's state. @param {State} state */
export function showState(state) {
  const root = document.documentElement;
  root.dataset.turn = state.turn;
  root.dataset.way = state.way ?? '';
  say('turn', turnWords(state.turn, state.way));
  say('plan', state.plan ?? '');
  say('tempo', state.tempo == null ? '–' : `${Math.round(state.tempo)}`);
  say('metre', state.metre ?? '–');
  say('key', state.key ?? '–');
  say('phrases', `${state.phrasesHeard}`);
  say('learned', `${state.notesLearned}`);
  say('consensus', percent(state.consensus));
  say('preset', state.preset ?? '–');
}

/** The last notes of both parts in words: a call begins when the performer plays after the partner, an answer when the partner plays after the performer. */
export class Said {
  /** @type {Record<string, string[]>} */ #notes = { performer: [], partner: [] };
  #last = '';

  /** @param {'performer' | 'partner'} part @param {number} pitch */
  add(part, pitch) {
    if (part !== this.#last) {
      this.#notes[part] = [];
      if (part === 'performer') this.#write('partner');
      this.#last = part;
    }
    this.#notes[part].push(pitchName(pitch));
    if (this.#notes[part].length > 16) this.#notes[part].shift();
    this.#write(part);
  }

  /** @param {string} part */
  #write(part) {
    say(part === 'performer' ? 'call' : 'answer', this.#notes[part].join(' '));
  }
}
