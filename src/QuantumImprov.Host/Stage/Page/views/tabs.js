// The panels below the score, one at a time; the dials stand beside them where there is room.

import { recall, remember } from '../store.js';

export class Tabs {
  #tabs = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('[role=tab]')]);

  /** @param {(view: string) => void} shown */
  constructor(shown) {
    this.shown = shown;
    for (const tab of this.#tabs) {
      tab.addEventListener('click', () => this.show(tab.dataset.view ?? ''));
      tab.addEventListener('keydown', event => {
        const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
        if (!step) return;
        // Those that are not displayed, as the dials' where they always stand, are passed over.
        const there = this.#tabs.filter(t => t.offsetParent);
        const next = there[(there.indexOf(tab) + step + there.length) % there.length];
        next.focus();
        this.show(next.dataset.view ?? '');
      });
    }
    const last = recall('view');
    this.show(this.#tabs.find(t => t.dataset.view === last && t.offsetParent) ? /** @type {string} */ (last) : 'keys');
  }

  /** @param {string} view */
  show(view) {
    document.documentElement.dataset.view = view;
    for (const tab of this.#tabs) {
      const chosen = tab.dataset.view === view;
      tab.setAttribute('aria-selected', `${chosen}`);
      tab.tabIndex = chosen ? 0 : -1;
    }
    remember('view', view);
    this.shown(view);
  }
}
