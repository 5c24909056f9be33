// The connection to the host: comes back by itself, keeps the clocks together.

import { HostClock } from './clock.js';

const PROTOCOL = 4;
// Pings in a row before the clocks count as together, and how many more follow soon.
const PINGS_AT_ONCE = 5, PINGS_SOON = 10;
const MOST_WAITING = 64;
const nothing = () => /** @type {any} */ ({});

/** @typedef {import('../../protocol.js').FromHost} FromHost @typedef {import('../../protocol.js').FromPage} FromPage */
/** @typedef {Required<import('../../protocol.js').FromHost.State>} State all that is known of the host's state; its times are page times */
/** @template {FromPage['type']} T @typedef {Omit<Extract<FromPage, { type: T }>, 'type'>} Fields what is said with a message of that type */
/** @typedef {<T extends FromPage['type']>(type: T, fields?: Fields<T>) => void} Ask asks the host for something, at a page time where it has one */

/**
 * @typedef {object} Listener
 * @property {(note: { part: 'performer' | 'partner', at: number, data: number[] }) => void} note at: page time
 * @property {(hello: import('../../protocol.js').FromHost.Hello) => void} hello what the host offers: presets, dials
 * @property {(state: State) => void} state all that is known, after a change
 * @property {(health: import('../../protocol.js').FromHost.Health) => void} health how well the host keeps up, and the concert
 * @property {(ports: import('../../protocol.js').FromHost.Ports) => void} ports ports, cables and routing
 * @property {(decision: import('../../protocol.js').FromHost.Decision) => void} decision one that was asked for
 * @property {(qasm: import('../../protocol.js').FromHost.Qasm) => void} qasm likewise
 * @property {(connected: boolean, words: string) => void} link
 * @property {(text: string) => void} fault what was wrong, or what came of something that was asked for
 * @property {() => void} silence whatever sounds from the host must stop: messages were missed, or the host is gone
 */

export class Live {
  clock = new HostClock();
  /** @type {WebSocket | null} */ #socket = null;
  #tries = 0;
  #here = false;
  #pings = 0;
  /** What was played before the clocks were together. @type {[number, number[]][]} */ #waiting = [];
  /** The host's state as it was told, change by change, in the host's times; the first of a connection tells everything. @type {State} */ #state = nothing();
  #timer = 0;
  #pingTimer = 0;
  #listener;

  /** @param {Listener} listener */
  constructor(listener) {
    this.#listener = listener;
    this.#connect();
    addEventListener('online', () => this.#hurry());
    document.addEventListener('visibilitychange', () => document.hidden || this.#hurry());
  }

  /** Sends a channel message that was played at a time of the page. @param {number} at @param {number[]} data */
  play(at, data) {
    if (this.#here) this.#send({ type: 'midi', at: this.clock.toHost(at), data: /** @type {import('../../protocol.js').FromPage.Midi['data']} */ (data) });
    else if (this.#socket?.readyState === WebSocket.OPEN && this.#waiting.length < MOST_WAITING) this.#waiting.push([at, data]);
  }

  /** Asks the host for something; docs/stage-protocol.md has the forms. @type {Ask} */
  ask = (type, fields) => {
    const { at, ...more } = /** @type {{ at?: number }} */ (fields ?? {});
    this.#send(/** @type {FromPage} */ ({ type, ...more, at: at == null ? undefined : this.clock.toHost(at) }));
  };

  #connect() {
    const socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/live`);
    this.#socket = socket;
    socket.onmessage = event => this.#take(JSON.parse(event.data));
    socket.onclose = event => {
      if (this.#socket !== socket) return;
      this.#socket = null;
      clearTimeout(this.#pingTimer);
      if (this.#here) this.#listener.silence();
      this.#here = false;
      this.#waiting = [];
      this.#listener.link(false, event.reason && event.code !== 1001 ? event.reason : 'The host is away; trying again');
      const wait = event.code === 1013 || event.code === 1008 ? 5000 : Math.min(2000, 250 * 2 ** this.#tries++);
      this.#timer = window.setTimeout(() => this.#connect(), wait);
    };
  }

  #hurry() {
    if (this.#socket) return;
    clearTimeout(this.#timer);
    this.#connect();
  }

  /** @param {FromHost} message */
  #take(message) {
    const now = performance.now();
    switch (message.type) {
      case 'hello':
        if (message.protocol !== PROTOCOL) return this.#outdated();
        this.#tries = this.#pings = 0;
        this.clock.reset(message.now, now);
        this.#state = nothing();
        this.#listener.hello(message);
        return this.#ping();
      case 'pong':
        this.clock.learn(message, now);
        return this.#pings < PINGS_AT_ONCE ? this.#ping() : this.#arrive();
      case 'notes':
        for (const [part, at, ...data] of message.notes)
          this.#listener.note({ part: part === 0 ? 'performer' : 'partner', at: this.clock.noteToPage(at), data });
        return;
      case 'state':
        Object.assign(this.#state, message);
        return this.#listener.state(this.#inPageTime());
      case 'health':
        return this.#listener.health(message);
      case 'ports':
        return this.#listener.ports(message);
      case 'decision':
        return this.#listener.decision(message);
      case 'qasm':
        return this.#listener.qasm(message);
      case 'resync':
        return this.#listener.silence();
      case 'told':
      case 'fault':
        return this.#listener.fault(message.text);
    }
  }

  /** The state with all its times as the page's clock has them. @returns {State} */
  #inPageTime() {
    const at = /** @type {<T extends number | null>(t: T) => T} */ (t => /** @type {any} */ (t == null ? null : this.clock.toPage(t)));
    const { barLine, phrase, answer, ...rest } = this.#state;
    return {
      ...rest,
      barLine: at(barLine),
      phrase: phrase && { ...phrase, from: at(phrase.from), to: at(phrase.to), openingTo: at(phrase.openingTo) },
      answer: answer && {
        ...answer, from: at(answer.from), to: at(answer.to), motifTo: at(answer.motifTo),
        notes: answer.notes.map(([on, off, ...more]) => [at(on), at(off), ...more]),
      },
    };
  }

  /** A newer or older host is there now: its own page is one reload away. Once a minute at most, should a cache stand in between. */
  #outdated() {
    const last = Number(sessionStorage.getItem('reloaded') ?? 0);
    if (Date.now() - last < 60000) return this.#listener.fault('The host and this page are of different versions; reload the page.');
    sessionStorage.setItem('reloaded', `${Date.now()}`);
    location.reload();
  }

  /** The first pings follow each other, each on the answer to the one before; later ones come by the clock. */
  #ping() {
    this.#send({ type: 'ping', at: performance.now() });
    clearTimeout(this.#pingTimer);
    this.#pings++;
    this.#pingTimer = window.setTimeout(() => this.#ping(), this.#pings < PINGS_AT_ONCE + PINGS_SOON ? 50 : 1500);
  }

  #arrive() {
    if (this.#here) return;
    this.#here = true;
    this.#listener.link(true, 'Connected');
    for (const [at, data] of this.#waiting.splice(0)) this.play(at, data);
  }

  /** @param {FromPage} message */
  #send(message) {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }
}
