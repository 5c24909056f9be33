// The performer's phrases as small pictures: what the partner has learned since this page was opened, and the ways to have it favoured or forgotten.

import { byId, draw, make, say } from '../dom.js';
import { pitchName } from '../words.js';

/** @typedef {{ on: number, off: number, pitch: number }} Note page times */

const MOST = 24;
const MOST_NOTES = 400;
const WIDE = 120, HIGH = 44;

export class Phrases {
  /** @type {Note[]} */ #notes = [];
  #repertoire = /** @type {HTMLInputElement} */ (byId('repertoire'));
  /** @type {{ number: number, picture: HTMLElement, like: HTMLElement }[]} */ #phrases = [];
  /** The numbers of the phrases that are favoured, as the host says. @type {number[]} */ #favoured = [];

  /** @param {import('../link/live.js').Ask} ask */
  constructor(ask) {
    this.ask = ask;
    this.#repertoire.addEventListener('change', () => {
      if (this.#repertoire.validity.valid && this.#repertoire.value !== '') ask('act', { name: 'repertoire', value: this.#repertoire.valueAsNumber });
    });
    byId('store').addEventListener('click', () => ask('store'));
    byId('recall').addEventListener('click', () => {
      if (!confirm('Go back to what was stored? What the partner learned since is forgotten; Undo takes that back.')) return;
      ask('recall');
      this.#keep(0);
    });
    byId('clear').addEventListener('click', () => {
      if (!confirm('Forget everything the partner has learned from you?')) return;
      ask('act', { name: 'clear' });
      this.#keep(0);
    });
  }

  /** @param {number} pitch @param {number} at */
  on(pitch, at) {
    this.#notes.push({ on: at, off: Infinity, pitch });
    if (this.#notes.length > MOST_NOTES) this.#notes.shift();
  }

  /** @param {number} pitch @param {number} at */
  off(pitch, at) {
    const note = this.#notes.findLast(n => n.pitch === pitch && n.off === Infinity);
    if (note) note.off = at;
  }

  /** A phrase has ended, or goes on. @param {import('../link/live.js').State['phrase']} phrase */
  take(phrase) {
    if (!phrase || phrase.to == null || this.#phrases.at(-1)?.number === phrase.number) return;
    // The host's clock is known to within a few milliseconds.
    const { from, to } = phrase, notes = this.#notes.filter(n => n.on >= from - 30 && n.on <= /** @type {number} */ (to) + 30);
    if (!notes.length) return;
    this.#notes = this.#notes.filter(n => n.on > /** @type {number} */ (to));
    const like = this.#offer(phrase.number), picture = this.#draw(phrase.number, notes, from, /** @type {number} */ (to), like);
    this.#phrases.push({ number: phrase.number, picture, like });
    this.#mark();
    byId('thumbnails').prepend(picture);
    if (this.#phrases.length > MOST) this.#phrases.shift()?.picture.remove();
    this.#tell();
  }

  /** @param {import('../link/live.js').State['favoured']} numbers the phrases that are favoured */
  favour(numbers) {
    this.#favoured = numbers;
    this.#mark();
  }

  #mark() {
    for (const { number, picture, like } of this.#phrases) {
      const favoured = this.#favoured.includes(number);
      like.setAttribute('aria-pressed', `${favoured}`);
      picture.toggleAttribute('data-favoured', favoured);
    }
  }

  /** @param {number} number */
  #offer(number) {
    const like = make('button', { type: 'button', 'aria-label': `Like: answers take phrase ${number} up more often` }, 'Like');
    like.addEventListener('click', () => this.ask('act', { name: 'favour', value: number }));
    return like;
  }

  /** @param {number} number the repertoire that is played with */
  playWith(number) {
    if (document.activeElement !== this.#repertoire) this.#repertoire.value = `${number}`;
  }

  /** The last phrase was forgotten. */
  forgotten() {
    this.#phrases.pop()?.picture.remove();
    this.#tell();
  }

  /** @param {number} last how many are kept */
  #keep(last) {
    while (this.#phrases.length > last) this.#phrases.shift()?.picture.remove();
    this.#tell();
  }

  #tell() {
    const count = this.#phrases.length;
    say('phrases-say', count === 0 ? 'Your phrases appear here as you play them.' : count === 1 ? 'Your last phrase.' : `Your last ${count} phrases, newest first.`);
  }

  /** @param {number} number @param {Note[]} notes @param {number} from @param {number} to @param {HTMLElement} like */
  #draw(number, notes, from, to, like) {
    const low = Math.min(...notes.map(n => n.pitch)), high = Math.max(...notes.map(n => n.pitch));
    const x = (/** @type {number} */ t) => ((Math.min(t, to) - from) / Math.max(1, to - from)) * WIDE, row = Math.min(6, HIGH / (high - low + 1));
    const bars = notes.map(n => draw('rect', { x: x(n.on).toFixed(1), y: ((high - n.pitch) * row).toFixed(1), width: Math.max(2, x(n.off) - x(n.on)).toFixed(1), height: Math.max(1.5, row - 0.8).toFixed(1), rx: 1 }));
    const keep = make('button', { type: 'button', 'aria-label': `Keep from here: phrase ${number} and those after it stay, the ones before are forgotten` }, 'Keep from here');
    keep.addEventListener('click', () => {
      const last = this.#phrases.length - this.#phrases.findIndex(p => p.number === number);
      this.ask('act', { name: 'keep', value: last });
      this.#keep(last);
    });
    return make('li', {},
      draw('svg', { viewBox: `0 0 ${WIDE} ${HIGH}`, role: 'img', 'aria-label': `Phrase ${number}: ${notes.map(n => pitchName(n.pitch)).join(' ')}` }, ...bars),
      make('span', {}, `Phrase ${number}`), like, keep);
  }
}
