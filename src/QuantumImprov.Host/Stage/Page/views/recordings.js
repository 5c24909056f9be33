// The finished recordings: played on the score, taken away as MIDI or sound, or played again by the partner from their journal, to see whether it plays the same.

import { byId, make, say } from '../dom.js';

// Messages are handed on this much ahead of their time, and looked for this often.
const AHEAD = 150, EVERY = 40;

/** @typedef {[part: number, ms: number, status: number, data1: number, data2: number]} Message */

export class Recordings {
  /** @type {HTMLElement | null} */ #playing = null;
  #timer = 0;

  /**
   * @param {(part: 'performer' | 'partner', data: number[], at: number) => void} perform shows and sounds a message at a page time
   * @param {() => void} silence ends what sounds
   */
  constructor(perform, silence) {
    this.perform = perform;
    this.silence = silence;
    byId('recordings-again').addEventListener('click', () => this.load());
  }

  /** Asks the host which there are. */
  async load() {
    try {
      const answer = await fetch('recordings');
      if (!answer.ok) throw new Error();
      this.#list(await answer.json());
    } catch {
      say('recordings-say', 'The host is away or keeps no recordings.');
    }
  }

  stop() {
    if (!this.#playing) return;
    clearInterval(this.#timer);
    say(this.#playing, 'Play');
    this.#playing = null;
    this.silence();
  }

  /** @param {any[]} recordings the newest first */
  #list(recordings) {
    this.stop();
    say('recordings-say', recordings.length ? 'Each session is kept when it ends, the newest first.' : 'A session is kept when it ends; there is none yet.');
    byId('recordings').replaceChildren(...recordings.map(r => {
      const [day, time] = r.name.split('_'), file = `recordings/${encodeURIComponent(r.name)}`;
      const play = make('button', { type: 'button', 'aria-label': `Play, ${r.name}` }, 'Play');
      play.addEventListener('click', () => (this.#playing === play ? this.stop() : this.#play(play, file)));
      const said = make('span', { class: 'soft verdict', role: 'status' }), replay = make('button', { type: 'button', 'aria-label': `Replay, ${r.name}` }, 'Replay');
      replay.addEventListener('click', () => this.#replay(replay, said, file));
      return make('li', {},
        make('span', {}, `${day} ${(time ?? '').replaceAll('-', ':')}`),
        make('span', { class: 'soft' }, `${lasts(r.seconds)}, you ${r.performerNotes} notes, partner ${r.partnerNotes}, ${r.preset}, seed ${r.seed}`),
        play,
        replay,
        make('a', { href: `${file}.mid`, download: `${r.name}.mid`, 'aria-label': `MIDI file of ${r.name}` }, 'MIDI'),
        make('a', { href: `${file}.wav`, download: `${r.name}.wav`, 'aria-label': `WAV file of ${r.name}` }, 'WAV'),
        said);
    }));
  }

  /** @param {HTMLButtonElement} button @param {HTMLElement} said @param {string} file */
  async #replay(button, said, file) {
    button.disabled = true;
    say(said, 'The partner plays it again, in silence.');
    try {
      const answer = await fetch(`${file}.replay`);
      if (!answer.ok) throw new Error();
      say(said, (await answer.json()).sentence);
    } catch {
      say(said, 'The host is away or keeps this recording no more.');
    }
    button.disabled = false;
  }

  /** @param {HTMLElement} button @param {string} file */
  async #play(button, file) {
    this.stop();
    this.#playing = button;
    say(button, 'Stop');
    try {
      const messages = /** @type {Message[]} */ (await (await fetch(`${file}.json`)).json()), began = performance.now() + 2 * AHEAD;
      if (this.#playing !== button) return;
      let next = 0;
      this.#timer = window.setInterval(() => {
        for (; next < messages.length && began + messages[next][1] < performance.now() + AHEAD; next++) {
          const [part, ms, ...data] = messages[next];
          this.perform(part === 0 ? 'performer' : 'partner', data, began + ms);
        }
        if (next === messages.length && performance.now() > began + (messages.at(-1)?.[1] ?? 0) + 500) this.stop();
      }, EVERY);
    } catch {
      this.stop();
      say('recordings-say', 'The recording could not be read.');
    }
  }
}

/** @param {number} seconds */
const lasts = seconds => (seconds < 60 ? `${Math.round(seconds)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`);
