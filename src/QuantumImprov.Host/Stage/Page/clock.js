// The page's clock against the host's. All times are milliseconds; the page's are those of performance.now() and of event.timeStamp.

const KEPT = 16;
// How fast two crystals may drift apart, generously: an old sample is worth less than a new one by this much per millisecond of its age.
const DRIFT = 1e-4;

/** Knows the host's time from pings: of the last ones, that with the shortest way is the best. */
export class HostClock {
  /** @type {{ at: number, delay: number, offset: number }[]} */ #samples = [];
  #offset = 0;

  /** Starts afresh with a first guess. @param {number} hostNow @param {number} now */
  reset(hostNow, now) {
    this.#samples = [];
    this.#offset = hostNow - now;
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

  /** @param {number} page */
  toHost(page) {
    return Math.round((page + this.#offset) * 1000) / 1000;
  }

  /** @param {number} host */
  toPage(host) {
    return host - this.#offset;
  }
}
