// The page's clock against the host's. All times are milliseconds; the page's are those of performance.now() and of event.timeStamp.

const KEPT = 16;
// How fast two crystals may drift apart, generously: an old sample is worth less than a new one by this much per millisecond of its age.
const DRIFT = 1e-4;
// While somebody plays, better knowledge of the host's clock comes in this slowly, in milliseconds a millisecond: a phrase keeps its inner timing.
const SLEW = 5e-4;
// After so long without a key the next one may take all that is known at once.
const REST = 2000;

/** An offset that is used for times: it follows what is known better slowly while they succeed each other, and at once after a rest. */
class Followed {
  #value = 0;
  #last = -Infinity;

  /** @param {number} time the time it is used for @param {number} known what is known now */
  at(time, known) {
    const gap = time - this.#last;
    if (gap > REST) this.#value = known;
    else if (gap > 0) this.#value += Math.max(-gap * SLEW, Math.min(gap * SLEW, known - this.#value));
    this.#last = Math.max(this.#last, time);
    return this.#value;
  }
}

/**
 * Knows the host's time from pings. Each gives two bounds: the host heard it after it was sent, and spoke before it came back. The narrowest bounds of the last
 * pings count. What comes from the host is read by the middle between them; keys are stamped by the earlier one, because a stamp that lies in the host's future
 * would be cut to its present, and with it the distance between two keys.
 */
export class HostClock {
  /** @type {{ at: number, earliest: number, latest: number }[]} */ #samples = [];
  /** The host's time less the page's: no less than, and about. */ #earliest = 0;
  #offset = 0;
  #keys = new Followed();
  #notes = new Followed();

  /** Starts afresh with a first guess. @param {number} hostNow @param {number} now */
  reset(hostNow, now) {
    this.#samples = [];
    this.#earliest = this.#offset = hostNow - now;
    this.#keys = new Followed();
    this.#notes = new Followed();
  }

  /** @param {import('../../protocol.js').FromHost.Pong} pong @param {number} now when it came back */
  learn(pong, now) {
    this.#samples.push({ at: now, earliest: pong.said - now, latest: pong.heard - pong.at });
    if (this.#samples.length > KEPT) this.#samples.shift();
    const age = (/** @type {{ at: number }} */ s) => (now - s.at) * DRIFT;
    this.#earliest = Math.max(...this.#samples.map(s => s.earliest - age(s)));
    this.#offset = (this.#earliest + Math.min(...this.#samples.map(s => s.latest + age(s)))) / 2;
  }

  /** The host's time of a key. @param {number} page */
  toHost(page) {
    return Math.round((page + this.#keys.at(page, this.#earliest)) * 1000) / 1000;
  }

  /** The page's time of a note, which keeps its distance from the one before. @param {number} host */
  noteToPage(host) {
    return host - this.#notes.at(host, this.#offset);
  }

  /** @param {number} host */
  toPage(host) {
    return host - this.#offset;
  }
}
