// Web MIDI, where the browser has it: what comes in is played, what the partner plays goes out. Everything is as it is plugged in, now and later.

import { byId, make, say } from '../dom.js';
import { recall, remember } from '../store.js';

export class Midi {
  /** @type {any} */ #access = null;
  /** Names of inputs that are not listened to. @type {Set<string>} */ #deaf = new Set((recall('midi-deaf') ?? '').split('\n').filter(Boolean));
  #out = recall('midi-out') ?? '';

  /** @param {(data: number[], at: number) => void} heard a message came in, at a time of the page */
  constructor(heard) {
    this.heard = heard;
    byId('midi-on').addEventListener('click', () => this.open());
    byId('midi-out').addEventListener('change', (/** @type {any} */ event) => {
      this.silence();
      this.#out = event.target.value;
      remember('midi-out', this.#out);
    });
    if (!('requestMIDIAccess' in navigator)) this.#tell('This browser has no Web MIDI.', true);
    // Who allowed it once is not asked again.
    else if (recall('midi') === 'on') this.open();
  }

  async open() {
    try {
      this.#access = await /** @type {any} */ (navigator).requestMIDIAccess();
    } catch {
      this.#tell('The browser does not allow MIDI here.', false);
      return;
    }
    remember('midi', 'on');
    this.#access.onstatechange = () => this.#list();
    this.#list();
  }

  /** The partner plays: on to the chosen output, at its time. @param {number[]} data @param {number} at page time */
  send(data, at) {
    const port = this.#port();
    try {
      port?.send(data, at);
    } catch {
      // A port that has just gone; the list says so.
    }
  }

  /** Ends whatever sounds on the output. */
  silence() {
    for (let channel = 0; channel < 16; channel++) {
      this.send([0xb0 | channel, 64, 0], performance.now());
      this.send([0xb0 | channel, 123, 0], performance.now());
    }
  }

  #port() {
    if (!this.#access || !this.#out) return null;
    for (const port of this.#access.outputs.values()) if (port.name === this.#out) return port;
    return null;
  }

  #list() {
    const inputs = [...this.#access.inputs.values()].filter(port => port.state !== 'disconnected');
    const outputs = [...this.#access.outputs.values()].filter(port => port.state !== 'disconnected');
    for (const port of inputs) {
      port.onmidimessage = (/** @type {any} */ event) => {
        // Clock and sensing are nobody's music.
        if (!this.#deaf.has(port.name) && event.data[0] < 0xf0) this.heard([...event.data], event.timeStamp || performance.now());
      };
    }
    byId('midi-in').replaceChildren(...inputs.map(port => {
      const box = make('input', { type: 'checkbox', checked: !this.#deaf.has(port.name) });
      box.addEventListener('change', () => {
        if (box.checked) this.#deaf.delete(port.name);
        else this.#deaf.add(port.name);
        remember('midi-deaf', [...this.#deaf].join('\n'));
      });
      return make('label', {}, box, ` ${port.name}`);
    }));
    byId('midi-out').replaceChildren(make('option', { value: '' }, 'nowhere'), ...outputs.map(port => make('option', { value: port.name }, port.name)));
    byId('midi-out').value = outputs.some(port => port.name === this.#out) ? this.#out : '';
    this.#tell(inputs.length ? '' : 'No MIDI input is plugged in.', true);
    byId('midi-ports').hidden = false;
  }

  /** @param {string} words @param {boolean} settled nothing more can be switched on */
  #tell(words, settled) {
    say('midi-says', words);
    byId('midi-on').hidden = settled;
  }
}
