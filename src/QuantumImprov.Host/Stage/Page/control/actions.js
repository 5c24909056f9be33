// What a performer asks of the partner by one press; docs/control.md says what each does. The host says which of the switches are on.

export class Actions {
  #buttons = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-act]')]);

  /** @param {import('../link/live.js').Ask} ask */
  constructor(ask) {
    for (const button of this.#buttons) button.addEventListener('click', () => ask('act', { name: /** @type {import('../../protocol.js').FromPage.Act['name']} */ (button.dataset.act) }));
  }

  /** @param {import('../link/live.js').State} state */
  take(state) {
    for (const button of this.#buttons) if (button.dataset.state) button.setAttribute('aria-pressed', `${state[/** @type {keyof import('../link/live.js').State} */ (button.dataset.state)] === true}`);
  }
}
