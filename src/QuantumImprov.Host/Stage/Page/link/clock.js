// The page's clock against the host's. All times are milliseconds; the page's are those of performance.now() and of event.timeStamp.

const KEPT = 16;
// How fast two crystals may drift apart, generously: an old sample is worth less than a new one by this much per millisecond of its age.
const DRIFT = 1e-4;
// While somebody plays, better knowledge of the host's clock comes in this slowly, in milliseconds a millisecond: a phrase keeps its inner timing.
const SLEW = 5e-4;
// After so long without a key the next one may take all that is known at once.
const REST = 2000;

/**
 * Knows the host's time from pings. Each gives two bounds: the host heard it after it was sent, and spoke before it came back. The narrowest bounds of the last
 * pings count. What comes from the host is read by the middle between them; keys are stamped by the earlier one, because a stamp that lies in the host's future
 * would be cut to its present, and with it the distance between two keys.
 */
export class HostClock {
  /** @type {{ at: number, earliest: number, latest: number }[]} */ #samples = [];
  /** The host's time less the page's: no less than, and about. */ #earliest = 0;
  #offset = 0;
  /** What the keys are stamped with, and the page time of the last one. */ #stamped = 0;
  #stampedAt = -Infinity;

  /** Starts afresh with a first guess. @param {number} hostNow @param {number} now */
  reset(hostNow, now) {
    this.#samples = [];
    this.#earliest = this.#offset = hostNow - now;
    this.#stampedAt = -Infinity;
  }

  /** @param {{ at: number, heard: number, said: number }} pong @param {number} now when it came back */
  learn(pong, now) {
    this.#samples.push({ at: now, earliest: pong.said - now, latest: pong.heard - pong.at });
    if (this.#samples.length > KEPT) this.#samples.shift();
    const age = (/** @type {{ at: number }} */ s) => (now - s.at) * DRIFT;
    this.#earliest = Math.max(...this.#samples.map(s => s.earliest - age(s)));
    this.#offset = (this.#earliest + Math.min(...this.#samples.map(s => s.latest + age(s)))) / 2;
  }

  /** The host's time of a key. @param {number} page */
  toHost(page) {
    const gap = page - this.#stampedAt;
    if (gap > REST) this.#stamped = this.#earliest;
    else if (gap > 0) this.#stamped += Math.max(-gap * SLEW, Math.min(gap * SLEW, this.#earliest - this.#stamped));
    this.#stampedAt = Math.max(this.#stampedAt, page);
    return Math.round((page + this.#stamped) * 1000) / 1000;
  }

  /** @param {number} host */
  toPage(host) {
    return host - this.#offset;
  }
}
