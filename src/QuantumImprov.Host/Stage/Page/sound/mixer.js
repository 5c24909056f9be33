// Volume, mute and meter of each part; what was set is remembered by the browser.

import { recall, remember } from '../store.js';

const QUIETEST = -60;

export class Mixer {
  /** @type {{ part: string, meter: HTMLElement, bar: HTMLElement, shown: number }[]} */ #meters = [];
  #lastTold = 0;

  /** @param {import('./sound.js').Sound} sound */
  constructor(sound) {
    this.sound = sound;
    for (const channel of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll('.channel'))) this.#wire(channel);
  }

  /** Shows the levels; to be called each frame. @param {number} now */
  show(now) {
    const telling = now - this.#lastTold > 90;
    if (telling) this.#lastTold = now;
    for (const meter of this.#meters) {
      const level = Math.max(0, Math.min(1, 1 - this.sound.level(meter.part) / QUIETEST));
      meter.shown = Math.max(level, meter.shown - 0.03);
      meter.bar.style.transform = `scaleX(${meter.shown.toFixed(3)})`;
      if (telling) meter.meter.setAttribute('aria-valuenow', `${Math.round(level * 100)}`);
    }
  }

  /** @param {HTMLElement} channel */
  #wire(channel) {
    const part = /** @type {string} */ (channel.dataset.part);
    const slider = /** @type {HTMLInputElement} */ (channel.querySelector('input'));
    const mute = /** @type {HTMLButtonElement} */ (channel.querySelector('button'));
    const meter = /** @type {HTMLElement} */ (channel.querySelector('.meter'));
    const apply = () => {
      const muted = mute.getAttribute('aria-pressed') === 'true';
      this.sound.setVolume(part, muted ? 0 : Number(slider.value) / 100);
      remember(part, `${slider.value} ${muted}`);
    };
    const [volume, muted] = recall(part)?.split(' ') ?? [];
    if (volume) slider.value = volume;
    if (muted === 'true') mute.setAttribute('aria-pressed', 'true');
    slider.addEventListener('input', apply);
    mute.addEventListener('click', () => {
      mute.setAttribute('aria-pressed', `${mute.getAttribute('aria-pressed') !== 'true'}`);
      apply();
    });
    apply();
    this.#meters.push({ part, meter, bar: /** @type {HTMLElement} */ (meter.firstElementChild), shown: 0 });
  }
}
