// MIDI learn: click, move a knob, and from then on the knob does it. What is bound stands beside each control and is remembered by this browser.

import { byId, make, say } from '../dom.js';
import { recall, remember } from '../store.js';

/** @typedef {{ kind: 'cc' | 'note', number: number, channel: number }} Source channel 0 to 15 */

const KEY = 'midi-bindings';

/** @param {Source} s */
const words = s => `${s.kind === 'cc' ? 'CC' : 'Note'} ${s.number}, channel ${s.channel + 1}`;

export class Learn {
  /** @type {Map<string, Source>} */ #bindings = new Map(read());
  /** @type {Map<string, { button: HTMLElement, words: string }>} */ #controls = new Map();
  #waiting = '';

  /** @param {(target: string, share: number | null) => void} act a bound control moved: 0 to 1 of its way; null: a key was pressed */
  constructor(act) {
    this.act = act;
    addEventListener('keydown', event => event.key === 'Escape' && this.#wait(''));
  }

  /** Gives a control its learn button. @param {HTMLElement} row @param {string} target @param {string} name */
  add(row, target, name) {
    const button = make('button', { type: 'button', class: 'learn', 'aria-pressed': 'false', 'data-learn': target });
    button.addEventListener('click', (/** @type {MouseEvent} */ event) => {
      // Clicked again while it waits: what was bound is let go.
      if (this.#waiting !== target) return this.#wait(target);
      this.#bindings.delete(target);
      this.#write();
      this.#wait('');
      event.preventDefault();
    });
    row.append(button);
    this.#controls.set(target, { button, words: name });
    this.#show(target);
  }

  /** Takes a message that came in; true when it was a control's, and so no music. @param {number[]} data */
  take([status, number, value]) {
    const kind = (status & 0xf0) === 0xb0 ? 'cc' : (status & 0xf0) === 0x90 || (status & 0xf0) === 0x80 ? 'note' : null;
    if (!kind) return false;
    const channel = status & 0x0f, pressed = kind === 'cc' || ((status & 0xf0) === 0x90 && value > 0);
    // The pedals that shape sounding notes stay pedals.
    if (kind === 'cc' && (number === 64 || number >= 120)) return false;
    if (this.#waiting && pressed) {
      const target = this.#waiting;
      for (const [other, s] of this.#bindings) if (s.kind === kind && s.number === number && s.channel === channel) this.#bindings.delete(other);
      this.#bindings.set(target, { kind, number, channel });
      this.#write();
      this.#wait('');
      say('learn-says', `${this.#controls.get(target)?.words} follows ${words({ kind, number, channel })}.`);
      return true;
    }
    for (const [target, s] of this.#bindings) {
      if (s.kind !== kind || s.number !== number || s.channel !== channel) continue;
      if (pressed) this.act(target, kind === 'cc' ? value / 127 : null);
      return true;
    }
    return false;
  }

  /** @param {string} target */
  #wait(target) {
    this.#waiting = target;
    say('learn-says', target ? `Move a knob or press a key for ${this.#controls.get(target)?.words}; Escape leaves it.` : '');
    for (const other of this.#controls.keys()) this.#show(other);
  }

  /** @param {string} target */
  #show(target) {
    const control = this.#controls.get(target), source = this.#bindings.get(target);
    if (!control) return;
    const waits = this.#waiting === target;
    control.button.textContent = waits ? 'Move it \u2026' : source ? `${source.kind === 'cc' ? 'CC' : 'Note'} ${source.number}` : 'Learn';
    control.button.setAttribute('aria-pressed', `${waits}`);
    control.button.setAttribute('aria-label', waits ? `Waiting for a knob for ${control.words}; press again to let go of it` : source ? `${control.words} follows ${words(source)}; learn another` : `MIDI learn for ${control.words}`);
    control.button.dataset.bound = source ? 'yes' : 'no';
  }

  #write() {
    remember(KEY, JSON.stringify([...this.#bindings]));
  }
}

/** @returns {[string, Source][]} */
function read() {
  try {
    const kept = JSON.parse(recall(KEY) ?? '[]');
    return kept.filter((/** @type {any} */ b) => Array.isArray(b) && typeof b[0] === 'string' && ['cc', 'note'].includes(b[1]?.kind) && b[1].number >= 0 && b[1].channel >= 0);
  } catch {
    return [];
  }
}
