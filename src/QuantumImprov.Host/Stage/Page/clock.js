// The page's clock against the host's. All times are milliseconds; the page's are those of performance.now() and of event.timeStamp.

const KEPT = 16;
// How fast two crystals may drift apart, generously: an old sample is worth less than a new one by this much per millisecond of its age.
const DRIFT = 1e-4;
// While somebody plays, a better knowledge of the offset comes in this slowly, in milliseconds a millisecond: a phrase keeps its inner timing.
const SLEW = 5e-4;
// After so long without a key the next one may take the best offset at once.
const REST = 2000;

/** Knows the host's time from pings: of the last ones, that with the shortest way is the best. */
export class HostClock {
  /** @type {{ at: number, delay: number, offset: number }[]} */ #samples = [];
  /** The best known. */ #offset = 0;
  /** What the keys are stamped with, and the page time of the last one. */ #stamped = 0;
  #stampedAt = -Infinity;

  /** Starts afresh with a first guess. @param {number} hostNow @param {number} now */
  reset(hostNow, now) {
    this.#samples = [];
    this.#offset = hostNow - now;
    this.#stampedAt = -Infinity;
  }

  /** @param {{ at: number, heard: number, said: number }} pong @param {number} now when it came back */
  learn(pong, now) {
    const delay = now - pong.at - (pong.said - pong.heard);
    const offset = (pong.heard - pong.at + pong.said - now) / 2;
    this.#samples.push({ at: now, delay, offset });
    if (this.#samples.length > KEPT) this.#samples.shift();
    const doubt = (/** @type {{ at: number, delay: number }} */ s) => s.delay / 2 + (now - s.at) * DRIFT;
    this.#offset = this.#samples.reduce((best, s) => (doubt(s) < doubt(best) ? s : best)).offset;
  }

  /** The host's time of a key. @param {number} page */
  toHost(page) {
    const gap = page - this.#stampedAt;
    if (gap > REST) this.#stamped = this.#offset;
    else if (gap > 0) this.#stamped += Math.max(-gap * SLEW, Math.min(gap * SLEW, this.#offset - this.#stamped));
    this.#stampedAt = Math.max(this.#stampedAt, page);
    return Math.round((page + this.#stamped) * 1000) / 1000;
  }

  /** @param {number} host */
  toPage(host) {
    return host - this.#offset;
  }
}
