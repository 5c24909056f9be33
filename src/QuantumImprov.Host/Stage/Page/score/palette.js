// Colours on the dark stage: pairs that stay apart for every kind of colour blindness (orange, sky blue, pale pink), each with a shape of its own beside its colour.

/** @typedef {[number, number, number]} Rgb */

export const PERFORMER = /** @type {Rgb} */ ([255, 180, 84]);
const LOCAL = /** @type {Rgb} */ ([83, 211, 234]);
const QPU = /** @type {Rgb} */ ([244, 154, 209]);
const WHITE = /** @type {Rgb} */ ([255, 255, 255]);

/** Where a note of the partner was chosen. @param {string} origin local, or qpu: and a vendor @returns {Rgb} */
export const colourOf = origin => (origin.startsWith('qpu') ? QPU : LOCAL);

/** @param {Rgb} colour @param {number} alpha */
export const rgba = (colour, alpha) => `rgba(${colour.map(Math.round).join(',')},${alpha.toFixed(3)})`;

/** The more the council agreed, the brighter: towards white above the middle, fainter below. @param {string} origin @param {number | null} consensus 0 to 1; null: not known */
export function partnerColours(origin, consensus) {
  const agreed = Math.max(0, Math.min(1, consensus ?? 0.5));
  const white = Math.max(0, agreed - 0.5) * 1.2;
  const colour = /** @type {Rgb} */ (colourOf(origin).map((c, i) => c + (WHITE[i] - c) * white));
  return { line: rgba(colour, 0.55 + 0.45 * agreed), fill: rgba(colour, 0.1 + 0.65 * agreed) };
}
