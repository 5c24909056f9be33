// Both parts' sound by Web Audio: each part has its voices, volume and meter; a limiter ends the chain. Works, silently, where there is no sound at all.

import { blown, struck } from './voices.js';

/** @typedef {import('./voices.js').Voice} Voice */

const MOST_VOICES = 24;
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
  #lead = 0;
  #leadAt = 0;
  /** Says on, off or none. */ onchange = (/** @type {string} */ _state) => {};

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
    return this.#parts[name].level();
  }

  #build() {
    const context = new AudioContext({ latencyHint: 'interactive' });
    const limiter = new DynamicsCompressorNode(context, { threshold: -9, knee: 5, ratio: 20, attack: 0.002, release: 0.14 });
    // Compressors here make up for what they take; this takes that back.
    limiter.connect(new GainNode(context, { gain: 0.6 })).connect(context.destination);
    this.#context = context;
    this.#parts = { performer: new Part(context, limiter, struck, -0.2), partner: new Part(context, limiter, blown, 0.2) };
    for (const part of Object.keys(this.#parts)) this.setVolume(part, this.#volumes[part]);
    context.onstatechange = () => this.onchange(context.state === 'running' ? 'on' : 'off');
  }

  /**
   * The context's time of a page time, not before now. The context's clock moves in blocks and so lags by up to one: the largest lead over the page's clock
   * is the true one, let down slowly because the two clocks drift.
   * @param {number} at
   */
  #contextTime(at) {
    const context = /** @type {AudioContext} */ (this.#context), now = performance.now() / 1000, lead = context.currentTime - now;
    const sunk = this.#lead - (now - this.#leadAt) * 1e-4;
    this.#lead = Math.abs(lead - sunk) > 0.1 ? lead : Math.max(lead, sunk);
    this.#leadAt = now;
    return Math.max(context.currentTime, at / 1000 + this.#lead);
  }
}
