// What the stage says in words.

const NAMES = ['C', 'C♯', 'D', 'D♯', 'E', 'F', 'F♯', 'G', 'G♯', 'A', 'A♯', 'B'];

/** @param {number} pitch MIDI number, 60 = C4 */
export const pitchName = pitch => NAMES[pitch % 12] + (Math.floor(pitch / 12) - 1);

/** @param {number} pitch */
export const isBlack = pitch => [1, 3, 6, 8, 10].includes(pitch % 12);

/** @param {string} turn idle, listening or answering */
export const turnWords = turn => ({ listening: 'Listening to you', answering: 'The partner answers' })[turn] ?? 'Play a phrase';

const byId = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** Writes only what changed, so that a screen reader hears no repeats. @param {string} id @param {string} text */
export function say(id, text) {
  const element = byId(id);
  if (element.textContent !== text) element.textContent = text;
}

/** Shows the session's state. @param {any} state a state message of the host */
export function showState(state) {
  document.documentElement.dataset.turn = state.turn;
  say('turn', turnWords(state.turn));
  say('plan', state.plan ?? '');
  say('tempo', state.tempo == null ? '–' : `${Math.round(state.tempo)}`);
  say('metre', state.metre ?? '–');
  say('key', state.key ?? '–');
  say('phrases', `${state.phrasesHeard}`);
  say('learned', `${state.notesLearned}`);
  say('consensus', state.consensus == null ? '–' : `${Math.round(state.consensus * 100)} %`);
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
