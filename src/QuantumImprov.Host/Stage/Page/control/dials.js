// Dials, tempo and presets: what the performer sets while playing. Which dials there are the host says.

import { byId, make, say } from '../dom.js';

/** Fine and coarse steps of the arrow and page keys, of the way from end to end. */
const STEP = 0.01;
/** How long after its last move a dial is the hand's, in milliseconds. */
const HOLD = 400;

export class Dials {
  /** @type {Map<string, { input: HTMLInputElement, value: HTMLElement, row: HTMLElement }>} */ #dials = new Map();
  /** Dials under a hand: what the host says of them is older than the hand. What waits until it rests. @type {Map<string, number>} */ #held = new Map();
  /** Where the host says they stand. @type {Record<string, number>} */ #told = {};
  /** @type {import('../../protocol.js').FromHost.Hello['presets']} */ #presets = [];

  /** @param {import('../link/live.js').Ask} ask @param {(row: HTMLElement, target: string, words: string) => void} learnable gives a row its MIDI learn button */
  constructor(ask, learnable) {
    this.ask = ask;
    this.learnable = learnable;
    byId('preset-choice').addEventListener('change', (/** @type {any} */ event) => this.play(event.target.value));
    byId('tempo-set').addEventListener('change', (/** @type {any} */ event) => this.setTempo(Number(event.target.value)));
    byId('tap').addEventListener('click', (/** @type {Event} */ event) => this.tap(event.timeStamp));
    learnable(byId('tempo-row'), 'tempo', 'the tempo');
    learnable(byId('preset-row'), 'preset', 'the preset');
  }

  /** @param {import('../../protocol.js').FromHost.Hello} hello the host's greeting */
  offer(hello) {
    this.#presets = hello.presets;
    byId('preset-choice').replaceChildren(...this.#presets.map(p => make('option', { value: p.name }, p.name)));
    if (this.#dials.size > 0) return;
    for (const dial of hello.dials) this.#add(dial);
  }

  /** @param {import('../link/live.js').State} state */
  take(state) {
    const choice = byId('preset-choice');
    if (document.activeElement !== choice && choice.value !== state.preset) choice.value = state.preset ?? '';
    say('preset-about', this.#presets.find(p => p.name === state.preset)?.about ?? '');
    const tempo = byId('tempo-set');
    if (document.activeElement !== tempo) tempo.value = state.tempo == null ? '' : `${Math.round(state.tempo * 10) / 10}`;
    byId('tempo-row').dataset.found = state.tempoKnown ? 'no' : 'yes';
    this.#told = state.dials ?? {};
    for (const [name, value] of Object.entries(this.#told)) if (!this.#held.has(name)) this.#show(name, value);
  }

  /** Turns a dial from outside, 0 to 1. @param {string} name @param {number} value */
  turn(name, value) {
    if (!this.#dials.has(name)) return;
    clearTimeout(this.#held.get(name));
    this.#held.set(name, window.setTimeout(() => {
      this.#held.delete(name);
      if (name in this.#told) this.#show(name, this.#told[name]);
    }, HOLD));
    this.#show(name, value);
    this.ask('dial', { name: /** @type {import('../../protocol.js').FromPage.Dial['name']} */ (name), value: Math.round(value * 1000) / 1000 });
  }

  /** @param {number} bpm */
  setTempo(bpm) {
    if (bpm >= 20 && bpm <= 400) this.ask('tempo', { value: Math.round(bpm * 100) / 100 });
  }

  /** A felt beat; the host makes the tempo of them. @param {number} at page time */
  tap(at) {
    this.ask('act', { name: 'tap', at });
  }

  /** @param {string} name */
  play(name) {
    if (this.#presets.some(p => p.name === name)) this.ask('preset', { name });
  }

  /** The preset a share of the way through the list, or the next one. @param {number | null} share 0 to 1; null: the next */
  choose(share) {
    const now = this.#presets.findIndex(p => p.name === byId('preset-choice').value);
    const to = share == null ? (now + 1) % this.#presets.length : Math.min(this.#presets.length - 1, Math.floor(share * this.#presets.length));
    if (to !== now) this.play(this.#presets[to]?.name);
  }

  /** @param {import('../../protocol.js').FromHost.Hello['dials'][number]} dial */
  #add(dial) {
    const input = make('input', { type: 'range', min: 0, max: 1, step: STEP, id: `dial-${dial.name}`, 'aria-describedby': `ends-${dial.name}` });
    const value = make('output', { for: `dial-${dial.name}` });
    const row = make('div', { class: 'dial', 'data-dial': dial.name, title: `${dial.low} – ${dial.high}` },
      make('label', { for: `dial-${dial.name}` }, dial.title), value, input,
      make('p', { id: `ends-${dial.name}`, class: 'ends' }, make('span', {}, dial.low), make('span', {}, dial.high)));
    input.addEventListener('input', () => this.turn(dial.name, Number(input.value)));
    this.#dials.set(dial.name, { input, value, row });
    byId('dials').append(row);
    this.learnable(row, `dial:${dial.name}`, dial.title);
  }

  /** @param {string} name @param {number} value */
  #show(name, value) {
    const dial = this.#dials.get(name);
    if (!dial) return;
    dial.input.value = `${value}`;
    dial.row.style.setProperty('--turned', `${value * 100}%`);
    say(dial.value, `${Math.round(value * 100)}`);
  }
}
