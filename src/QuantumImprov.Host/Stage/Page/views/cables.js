// Our ports, what each is connected with, and which channels go where. A press connects, another parts.

import { byId, make, say } from '../dom.js';

/** @typedef {import('../../protocol.js').FromHost.Ports} Ports @typedef {Ports['ends'][number]} End @typedef {End['others'][number]} Other */

const TITLES = /** @type {Record<string, string>} */ ({ in: 'You play to', out: 'The partner plays from', left: 'Its sound, left, from', right: 'Its sound, right, from' });
const STATES = /** @type {Record<Other['cable'], string>} */ ({ in: 'connected', apart: 'not connected', awaited: 'connected when it comes' });

export class Cables {
  /** By end and port, so that what has the focus keeps it. @type {Map<string, HTMLElement>} */ #buttons = new Map();
  /** @type {Map<string, HTMLElement>} */ #sets = new Map();

  /** @param {import('../link/live.js').Ask} ask */
  constructor(ask) {
    this.ask = ask;
  }

  /** @param {Ports} ports */
  take({ says, ends, routes }) {
    say('ports-say', says + (ends.length ? ' Press a port to connect it, press it again to part it. A session file remembers the cables.' : ''));
    byId('routes').replaceChildren(...routes.map(r => make('div', {}, make('dt', {}, r.what), make('dd', {}, r.where))));
    const there = new Set();
    for (const end of ends) {
      there.add(end.name);
      const list = this.#set(end);
      const buttons = end.others.map(other => this.#button(end, other, there));
      // Put back in place only where something has come or gone: a button that is moved loses the focus.
      if (buttons.length !== list.children.length || buttons.some((b, i) => list.children[i] !== b)) {
        const focused = document.activeElement;
        list.replaceChildren(...(buttons.length ? buttons : [make('p', { class: 'soft' }, 'Nothing is there to connect with.')]));
        if (focused instanceof HTMLElement && list.contains(focused)) focused.focus();
      }
    }
    for (const key of [...this.#buttons.keys()]) if (!there.has(key)) this.#buttons.delete(key);
    for (const [name, set] of this.#sets) {
      if (there.has(name)) continue;
      set.remove();
      this.#sets.delete(name);
    }
  }

  /** @param {End} end @returns {Element} where its buttons are */
  #set(end) {
    let set = this.#sets.get(end.name);
    if (!set) {
      set = /** @type {HTMLElement} */ (make('fieldset', { 'data-end': end.name }, make('legend', {}, TITLES[end.name] ?? end.name, ' ', make('code', {})), make('div', { class: 'cables' })));
      this.#sets.set(end.name, set);
      byId('ends').append(set);
    }
    say(/** @type {Element} */ (set.querySelector('code')), end.port);
    return /** @type {Element} */ (set.lastElementChild);
  }

  /** @param {End} end @param {Other} other @param {Set<string>} there @returns {HTMLElement} */
  #button(end, other, there) {
    const key = `${end.name} ${other.name}`;
    there.add(key);
    let button = this.#buttons.get(key);
    if (!button) {
      button = /** @type {HTMLElement} */ (make('button', { type: 'button' }, make('span', {}, other.name), make('small', {})));
      button.addEventListener('click', () => this.ask('cable', { end: /** @type {import('../../protocol.js').FromPage.Cable['end']} */ (end.name), port: other.name, joined: button?.dataset.cable === 'apart' }));
      this.#buttons.set(key, button);
    }
    button.dataset.cable = other.cable;
    button.setAttribute('aria-pressed', `${other.cable === 'in'}`);
    say(/** @type {Element} */ (button.lastElementChild), STATES[other.cable] ?? other.cable);
    return button;
  }
}
