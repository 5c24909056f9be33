// Both parts' sound by Web Audio: each part has its voices, volume and meter; a soft ceiling ends the chain. Works, silently, where there is no sound at all.

import { Buffers } from './buffers.js';
import { blown, struck } from './voices.js';

/** @typedef {import('./voices.js').Voice} Voice */

const MOST_VOICES = 24;
// Straight up to KNEE, then bent so that it never reaches 1. A compressor would do this more cleanly, but looks 6 ms ahead, and so is 6 ms late.
const KNEE = 0.6;
const ceiling = () =>
  Float32Array.from({ length: 4097 }, (_, i) => {
    const x = (i / 2048 - 1) * CEILING_REACH, over = Math.abs(x) - KNEE;
    return over <= 0 ? x : Math.sign(x) * (KNEE + (1 - KNEE) * Math.tanh(over / (1 - KNEE)));
  });
// A curve is defined from -1 to 1: what comes in is made smaller by this, the loudest that all voices together may be.
const CEILING_REACH = 4;
// A note that comes later than this is shown but not sounded: it would only be wrong twice. Under the performer's own finger late is better than silent: opening the
// sound with the first key may take that long.
const TOO_LATE = { performer: 1000, partner: 250 };

class Part {
  /** @type {Map<number, Voice>} */ #down = new Map();
  /** @type {Voice[]} */ #all = [];
  /** @type {Set<number>} */ #pedalled = new Set();
  #pedal = false;
  #samples = new Float32Array(1024);

  /** @param {AudioContext} context @param {AudioNode} out @param {typeof struck} timbre @param {number} pan */
  constructor(context, out, timbre, pan) {
    this.context = context;
    this.timbre = timbre;
    this.gain = new GainNode(context);
    this.meter = new AnalyserNode(context, { fftSize: 1024 });
    this.gain.connect(new StereoPannerNode(context, { pan })).connect(out);
    this.gain.connect(this.meter);
  }

  /** @param {number} pitch @param {number} velocity @param {number} at */
  on(pitch, velocity, at) {
    this.#end(pitch, at);
    this.#all = this.#all.filter(voice => !voice.ended);
    if (this.#all.length >= MOST_VOICES) this.#all.shift()?.cut(at);
    const voice = this.timbre(this.context, this.gain, pitch, velocity, at);
    this.#down.set(pitch, voice);
    this.#all.push(voice);
  }

  /** @param {number} pitch @param {number} at */
  off(pitch, at) {
    if (this.#pedal && (this.#down.get(pitch)?.start ?? 0) < at) this.#pedalled.add(pitch);
    else this.#end(pitch, at);
  }

  get isPedalled() {
    return this.#pedal;
  }

  /** @param {boolean} down @param {number} at */
  pedal(down, at) {
    this.#pedal = down;
    if (!down) for (const pitch of this.#pedalled) this.#end(pitch, at);
  }

  silence() {
    for (const voice of this.#all) voice.cut(this.context.currentTime);
    this.#all = [];
    this.#down.clear();
    this.#pedalled.clear();
    this.#pedal = false;
  }

  /** The level just now, in decibels of full scale. */
  level() {
    this.meter.getFloatTimeDomainData(this.#samples);
    let peak = 0;
    for (const sample of this.#samples) peak = Math.max(peak, Math.abs(sample));
    return 20 * Math.log10(peak + 1e-9);
  }

  /** @param {number} pitch @param {number} at */
  #end(pitch, at) {
    this.#down.get(pitch)?.release(at);
    this.#down.delete(pitch);
    this.#pedalled.delete(pitch);
  }
}

export class Sound {
  /** @type {AudioContext | null} */ #context = null;
  /** @type {Record<string, Part>} */ #parts = {};
  /** @type {Record<string, number>} */ #volumes = { performer: 0.8, partner: 0.8 };
  #buffers = new Buffers();
  #lead = NaN;
  #leadAt = 0;
  /** Says on, roomy (on, with longer buffers), off or none. */ onchange = (/** @type {string} */ _state) => {};

  /** To be called by a key or click: browsers allow no sound before one. */
  wake() {
    if (this.#context?.state === 'running') return;
    try {
      if (!this.#context) this.#build();
      this.#context?.resume().catch(() => {});
    } catch {
      this.#context = null;
      this.onchange('none');
    }
  }

  /** @param {string} part @param {number} volume 0 to 1 */
  setVolume(part, volume) {
    this.#volumes[part] = volume;
    if (this.#context) this.#parts[part].gain.gain.setTargetAtTime(volume ** 2 * 1.5, this.#context.currentTime, 0.01);
  }

  /** Sounds a channel message at a time of the page. @param {'performer' | 'partner'} name @param {number[]} data @param {number} at */
  play(name, [status, data1, data2], at) {
    const part = this.#parts[name], kind = status & 0xf0;
    if (!this.#context || !part || (status & 0x0f) === 9) return;
    // A suspended context stands still: what is scheduled there would all sound at once later. Only the performer's own key is about to wake it.
    const standing = this.#context.state !== 'running' && name === 'partner';
    if (kind === 0x90 && data2 > 0) {
      if (!standing && at > performance.now() - TOO_LATE[name]) part.on(data1, data2, this.#contextTime(at));
    } else if (kind === 0x80 || kind === 0x90) part.off(data1, this.#contextTime(at));
    else if (kind === 0xb0 && data1 === 64) part.pedal(data2 >= 64, this.#contextTime(at));
    else if (kind === 0xb0 && (data1 === 120 || data1 === 123)) part.silence();
  }

  /** @param {string} [name] one part; both when left out */
  silence(name) {
    for (const [key, part] of Object.entries(this.#parts)) if (!name || key === name) part.silence();
  }

  /** Decibels of full scale, -180 when there is no sound. @param {string} name */
  level(name) {
    if (this.#context?.state !== 'running') return -180;
    this.#contextTime(0);
    if (this.#buffers.read(this.#context.currentTime - performance.now() / 1000, performance.now())) this.#rebuild();
    return this.#parts[name].level();
  }

  /** Starts over with other buffers; what sounds is cut, which is heard less than what was lost already. */
  #rebuild() {
    this.#context?.close().catch(() => {});
    const pedals = Object.entries(this.#parts).filter(([, part]) => part.isPedalled).map(([name]) => name);
    this.#context = null;
    this.onchange('off');
    this.wake();
    for (const name of pedals) this.#parts[name].pedal(true, 0);
  }

  #build() {
    const context = new AudioContext({ latencyHint: this.#buffers.latencyHint });
    const out = new GainNode(context, { gain: 1 / CEILING_REACH });
    out.connect(new WaveShaperNode(context, { curve: ceiling() })).connect(context.destination);
    this.#context = context;
    this.#parts = { performer: new Part(context, out, struck, -0.2), partner: new Part(context, out, blown, 0.2) };
    for (const part of Object.keys(this.#parts)) this.setVolume(part, this.#volumes[part]);
    context.onstatechange = () => {
      if (context === this.#context) this.onchange(context.state !== 'running' ? 'off' : this.#buffers.short ? 'on' : 'roomy');
    };
  }

  /**
   * The context's time of a page time, not before now. The context's clock moves in blocks and so lags by up to one: the largest lead over the page's clock
   * is the true one, let down slowly because the two clocks drift.
   * @param {number} at
   */
  #contextTime(at) {
    const context = /** @type {AudioContext} */ (this.#context), now = performance.now() / 1000, lead = context.currentTime - now;
    // A clock that stands still says nothing of how far ahead it will be.
    if (context.state !== 'running') {
      this.#lead = NaN;
      return context.currentTime;
    }
    const sunk = this.#lead - (now - this.#leadAt) * 1e-4;
    this.#lead = Math.abs(lead - sunk) < 0.1 ? Math.max(lead, sunk) : lead;
    this.#leadAt = now;
    return Math.max(context.currentTime, at / 1000 + this.#lead);
  }
}
