// The decision that is looked at: it follows the music, or is frozen and stepped through.

import { byId, say } from '../dom.js';
import { percent, pitchName } from '../words.js';
import { drawCircuit } from './circuit.js';
import { drawCouncil, drawMemory } from './council.js';
import { drawLaws } from './laws.js';

const KEPT = 400;
// Nobody reads faster than this; notes that follow faster are passed over.
const PAUSE = 120;

/** @typedef {import('../../protocol.js').FromHost.Decision} Decision */

export class DecisionView {
  /** Whether it is in sight; nothing is asked for otherwise. */ #shown = false;
  #frozen = false;
  #compared = false;
  #member = '';
  #newest = 0;
  #wanted = 0;
  #askedAt = -Infinity;
  /** @type {Decision | null} */ #decision = null;

  /** @param {import('../link/live.js').Ask} ask */
  constructor(ask) {
    this.ask = ask;
    byId('older').addEventListener('click', () => this.step(-1));
    byId('newer').addEventListener('click', () => this.step(1));
    byId('freeze').addEventListener('click', () => this.freeze(!this.#frozen));
    byId('compare').addEventListener('click', () => {
      this.#compared = !this.#compared;
      byId('compare').setAttribute('aria-pressed', `${this.#compared}`);
      this.#draw();
    });
    byId('copy-qasm').addEventListener('click', () => this.#decision && ask('qasm', { number: this.#decision.number }));
    this.#draw();
  }

  /** @param {boolean} shown */
  show(shown) {
    this.#shown = shown;
    if (shown && !this.#decision && this.#newest) this.#want(this.#newest);
  }

  /** How many decisions there are; 0: the host is gone or new. @param {number} newest */
  take(newest) {
    if (newest < this.#newest) this.#decision = null;
    this.#newest = newest;
    this.#label();
  }

  /** The decision of the note that sounds. @param {number} number @param {number} now */
  follow(number, now) {
    if (!this.#shown || this.#frozen || !number || number === this.#wanted || now - this.#askedAt < PAUSE) return;
    this.#askedAt = now;
    this.#want(number);
  }

  /** A note was pointed at: its decision is looked at until something else is asked for. @param {number} number */
  pick(number) {
    this.freeze(true);
    this.#want(number);
  }

  /** @param {boolean} frozen */
  freeze(frozen) {
    this.#frozen = frozen;
    byId('freeze').setAttribute('aria-pressed', `${frozen}`);
  }

  /** @param {number} by */
  step(by) {
    this.freeze(true);
    const to = (this.#wanted || this.#newest) + by;
    if (to >= Math.max(1, this.#newest - KEPT + 1) && to <= this.#newest) this.#want(to);
  }

  /** The decision has come. @param {Decision} decision */
  come(decision) {
    if (decision.number !== this.#wanted) return;
    this.#decision = decision;
    this.#draw();
  }

  /** Its circuit as text. @param {import('../../protocol.js').FromHost.Qasm} qasm */
  async copy(qasm) {
    try {
      await navigator.clipboard.writeText(qasm.text);
      say('decision-words', `The circuit of decision ${qasm.number} is in the clipboard as OpenQASM 3, ${qasm.text.split('\n').length} lines.`);
    } catch {
      say('decision-words', 'The browser does not allow copying here.');
    }
  }

  /** @param {number} number */
  #want(number) {
    this.#wanted = number;
    this.ask('decision', { number });
  }

  #label() {
    const d = this.#decision;
    say('decision-name', d ? `Decision ${d.number} of ${this.#newest}: ${pitchName(d.candidates[d.chosen])}${d.voice > 1 ? `, voice ${d.voice}` : ''}` : this.#newest ? 'The next note is shown as it sounds' : 'No note has been chosen yet');
    byId('older').disabled = this.#wanted <= Math.max(1, this.#newest - KEPT + 1);
    byId('newer').disabled = !this.#wanted || this.#wanted >= this.#newest;
    byId('copy-qasm').disabled = !d;
  }

  #draw() {
    this.#label();
    const d = this.#decision;
    byId('panel-circuit').dataset.empty = d ? 'no' : 'yes';
    if (!d) return;
    const member = d.members?.find(m => m.name === this.#member) ?? null;
    put('circuit', drawCircuit(d.circuit));
    const { picture, key } = drawLaws(d, this.#compared, member);
    put('laws', picture);
    byId('law-key').replaceChildren(...key);
    put('council', d.members ? drawCouncil(d.members, this.#member, name => {
      this.#member = name;
      this.#draw();
    }) : null);
    put('memory', d.memory && d.memory.levels > 1 ? drawMemory(d.memory) : null);
    const tries = d.redraws ? `${d.redraws} ${d.redraws === 1 ? 'shot was' : 'shots were'} thrown away before` : 'the first shot was kept';
    say('decision-words', `${d.words} ${percent(d.keptShare)} of all shots are kept; ${tries}.${d.consensus == null ? '' : ` Consensus ${percent(d.consensus)}.`}`);
  }
}

/** Keeps the caption, and the focus where it was. @param {string} id @param {Element | null} picture */
function put(id, picture) {
  const figure = byId(id), buttons = () => [...figure.querySelectorAll('button')], focused = buttons().indexOf(document.activeElement);
  figure.hidden = !picture;
  for (const child of [...figure.children]) if (child.tagName !== 'FIGCAPTION') child.remove();
  if (picture) figure.append(picture);
  if (focused >= 0) buttons()[focused]?.focus();
}
