// What a performer asks of the partner by one press; docs/control.md says what each does. The host says which of the switches are on.

export class Actions {
  #buttons = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[data-act]')]);

  /** @param {(type: string, fields?: object) => void} ask */
  constructor(ask) {
    for (const button of this.#buttons) button.addEventListener('click', () => ask('act', { name: button.dataset.act }));
  }

  /** @param {any} state */
  take(state) {
    for (const button of this.#buttons) if (button.dataset.state) button.setAttribute('aria-pressed', `${state[button.dataset.state] === true}`);
  }
}
