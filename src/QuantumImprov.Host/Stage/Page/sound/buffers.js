// How long the browser's audio buffers are: the shortest it has, for a key must be heard at once; its own choice where this machine loses short ones.

const WINDOW = 1000;
// Of fewer readings within a window the largest may lie a buffer below the true one.
const FEWEST = 20;
// A buffer of 128 frames lasts 2.7 ms. A jump is no loss: the machine slept, or the sound went to another device.
const LOST = 0.002, JUMP = 0.5;
const MOST_LOSSES = 3, WITHIN = 30_000;

export class Buffers {
  /** @type {number[]} */ #losses = [];
  #short = true;
  #until = 0;
  #readings = 0;
  #lead = -Infinity;
  #before = NaN;

  get short() {
    return this.#short;
  }

  /** @returns {number | 'interactive'} what to ask a new context for */
  get latencyHint() {
    return this.#short ? 0 : 'interactive';
  }

  /**
   * Takes a reading of how far the context's clock is ahead of the page's. A buffer that came too late was silence, and the context's clock stood still for it.
   * @param {number} lead seconds @param {number} now milliseconds
   * @returns {boolean} whether the context is to be made anew, with longer buffers
   */
  read(lead, now) {
    if (!this.#short) return false;
    this.#lead = Math.max(this.#lead, lead);
    this.#readings++;
    if (now < this.#until || this.#readings < FEWEST) return false;
    const lost = this.#before - this.#lead;
    if (lost > LOST && lost < JUMP) this.#losses.push(now);
    this.#before = this.#lead;
    this.#losses = this.#losses.filter(at => at > now - WITHIN);
    this.#until = now + WINDOW;
    this.#readings = 0;
    this.#lead = -Infinity;
    if (this.#losses.length < MOST_LOSSES) return false;
    this.#short = false;
    return true;
  }
}
