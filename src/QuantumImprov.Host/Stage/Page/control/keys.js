// What the performer plays on: the computer's keyboard and the keys on the screen.

import { isBlack, pitchName } from '../words.js';

// By place on the keyboard, not by letter, so that every layout has the same piano.
const CODES = ['KeyA', 'KeyW', 'KeyS', 'KeyE', 'KeyD', 'KeyF', 'KeyT', 'KeyG', 'KeyY', 'KeyH', 'KeyU', 'KeyJ', 'KeyK', 'KeyO', 'KeyL', 'KeyP', 'Semicolon', 'Quote', 'BracketRight'];
const LETTERS = ['A', 'W', 'S', 'E', 'D', 'F', 'T', 'G', 'Y', 'H', 'U', 'J', 'K', 'O', 'L', 'P', ';', '’', ']'];
const SPAN = 24;
const LOWEST = 24;
const HIGHEST = 96;

/** @param {EventTarget | null} target */
const isTyping = target => target instanceof HTMLElement && (target.matches('input:not([type=range]):not([type=checkbox]), textarea, select') || target.isContentEditable);

export class Keys {
  /** The lowest key, a C. */ base = 60;
  /** Of the computer's keys, 1 to 127. */ velocity = 88;
  /** Which key on which pitch: a key that goes up releases what it pressed, wherever the octave is by then. @type {Map<string, number>} */ #down = new Map();
  /** @type {HTMLElement[]} */ #keys = [];
  /** @type {string[]} */ #letters = LETTERS;

  /**
   * @param {HTMLElement} piano
   * @param {{ on: (pitch: number, velocity: number, at: number) => void, off: (pitch: number, at: number) => void, gesture: () => void, changed: () => void }} player
   */
  constructor(piano, player) {
    this.piano = piano;
    this.player = player;
    this.#draw();
    this.#learnLayout();
    addEventListener('keydown', event => this.#keyDown(event));
    addEventListener('keyup', event => this.#up(event.code, event.timeStamp));
    piano.addEventListener('pointerdown', event => this.#point(event, true));
    addEventListener('pointermove', event => this.#point(event, false));
    for (const end of ['pointerup', 'pointercancel']) addEventListener(end, event => this.#up(`pointer${/** @type {PointerEvent} */ (event).pointerId}`, event.timeStamp));
    piano.addEventListener('contextmenu', event => event.preventDefault());
    // Nothing must hang when the key comes up where we cannot see it.
    addEventListener('blur', event => this.releaseAll(event.timeStamp));
    addEventListener('pagehide', event => this.releaseAll(event.timeStamp));
    document.addEventListener('visibilitychange', event => document.hidden && this.releaseAll(event.timeStamp));
  }

  /** @param {number} at */
  releaseAll(at) {
    for (const key of [...this.#down.keys()]) this.#up(key, at);
  }

  /** @param {number} octaves */
  shift(octaves) {
    this.base = Math.min(HIGHEST, Math.max(LOWEST, this.base + 12 * octaves));
    this.#label();
    this.player.changed();
  }

  /** @param {number} by */
  strengthen(by) {
    this.velocity = Math.min(127, Math.max(8, this.velocity + by));
    this.player.changed();
  }

  /** Lights the keys that sound. @param {Map<number, string>} sounding the part by pitch */
  light(sounding) {
    this.#keys.forEach((key, i) => {
      const part = sounding.get(this.base + i) ?? '';
      if (key.dataset.part !== part) key.dataset.part = part;
    });
  }

  /** @param {KeyboardEvent} event */
  #keyDown(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return this.releaseAll(event.timeStamp);
    // Who types into a field does not play.
    if (event.repeat || isTyping(event.target)) return;
    this.player.gesture();
    const step = CODES.indexOf(event.code);
    if (step >= 0) {
      // Keeps the quick-find of some browsers away from ' and the like.
      event.preventDefault();
      this.#press(event.code, this.base + step, this.velocity, event.timeStamp);
    } else if (event.code === 'KeyZ') this.shift(-1);
    else if (event.code === 'KeyX') this.shift(1);
    else if (event.code === 'KeyC') this.strengthen(-8);
    else if (event.code === 'KeyV') this.strengthen(8);
  }

  /** A finger or the mouse: presses where it lands, and slides from key to key. @param {PointerEvent} event @param {boolean} landing */
  #point(event, landing) {
    const id = `pointer${event.pointerId}`;
    if (landing) {
      if (event.button !== 0) return;
      event.preventDefault();
      this.player.gesture();
    } else if (!this.#down.has(id)) return;
    const key = document.elementFromPoint(event.clientX, event.clientY)?.closest('.key');
    const step = this.#keys.indexOf(/** @type {HTMLElement} */ (key));
    const pitch = step < 0 ? -1 : this.base + step;
    if (this.#down.get(id) === pitch) return;
    if (this.#down.has(id)) this.#release(id, event.timeStamp);
    const box = key?.getBoundingClientRect();
    // Towards the player is louder, as on a lever.
    const velocity = box ? Math.round(48 + 72 * Math.min(1, Math.max(0, (event.clientY - box.top) / box.height))) : 0;
    if (pitch < 0) this.#down.set(id, -1);
    else this.#press(id, pitch, velocity, event.timeStamp);
  }

  /** @param {string} key @param {number} pitch @param {number} velocity @param {number} at */
  #press(key, pitch, velocity, at) {
    if (this.#down.has(key)) this.#release(key, at);
    const held = [...this.#down.values()].includes(pitch);
    this.#down.set(key, pitch);
    if (!held) this.player.on(pitch, velocity, at);
  }

  /** @param {string} key @param {number} at */
  #release(key, at) {
    const pitch = this.#down.get(key);
    this.#down.delete(key);
    if (pitch !== undefined && pitch >= 0 && ![...this.#down.values()].includes(pitch)) this.player.off(pitch, at);
  }

  /** @param {string} key @param {number} at */
  #up(key, at) {
    if (this.#down.has(key)) this.#release(key, at);
  }

  #draw() {
    let whites = 0;
    for (let i = 0; i <= SPAN; i++) {
      const key = document.createElement('div');
      key.className = isBlack(i) ? 'key black' : 'key white';
      key.style.setProperty('--place', `${isBlack(i) ? whites : whites++}`);
      key.append(document.createElement('span'), document.createElement('small'));
      this.piano.append(key);
      this.#keys.push(key);
    }
    this.#label();
  }

  #label() {
    this.#keys.forEach((key, i) => {
      const [letter, name] = key.children;
      letter.textContent = this.#letters[i] ?? '';
      name.textContent = i % 12 === 0 ? pitchName(this.base + i) : '';
    });
  }

  async #learnLayout() {
    try {
      // Only some browsers tell; elsewhere the letters are those of a US keyboard.
      const layout = await /** @type {any} */ (navigator).keyboard?.getLayoutMap();
      if (!layout?.get('KeyA')) return;
      this.#letters = CODES.map((code, i) => layout.get(code)?.toUpperCase() ?? LETTERS[i]);
      this.#label();
    } catch {
      // It may be forbidden; then nothing changes.
    }
  }
}
