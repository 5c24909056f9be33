// The note register's laws over each other: bars for the law that was drawn from, lines for what it was made of.

import { draw, make } from '../dom.js';
import { pitchName } from '../words.js';

const HIGH = 150, FOOT = 34, HEAD = 20;

/** @typedef {import('../../protocol.js').FromHost.Decision} Decision */
/** @typedef {{ law: keyof Decision['laws'] | 'member', how: 'bars' | 'line' | 'dashed' | 'dots', words: string }} Layer */

/** @type {Layer[]} */
const AS_DIALLED = [
  { law: 'shaped', how: 'bars', words: 'measured from: interference, shaped by the plan' },
  { law: 'interfered', how: 'line', words: 'interference alone' },
  { law: 'blend', how: 'dashed', words: 'the same members mixed, nothing interferes' },
];
/** @type {Layer[]} */
const COMPARED = [
  { law: 'coherent', how: 'bars', words: 'fully coherent' },
  { law: 'dephased', how: 'dashed', words: 'fully dephased' },
];

/**
 * @param {Decision} decision @param {boolean} compared coherent beside dephased instead of what was measured
 * @param {NonNullable<Decision['members']>[number] | null} member one member's law to lay over them
 * @returns {{ picture: SVGElement, key: HTMLElement[] }}
 */
export function drawLaws(decision, compared, member) {
  const laws = /** @type {Record<Layer['law'], number[]>} */ ({ ...decision.laws, member: member?.law });
  const layers = (compared ? COMPARED : AS_DIALLED).filter(layer => laws[layer.law]);
  if (member) layers.push({ law: 'member', how: 'dots', words: member.name });
  if (!layers.length) layers.push(AS_DIALLED[0]);
  const most = Math.max(0.05, ...layers.flatMap(layer => laws[layer.law]));
  const count = decision.candidates.length, step = Math.max(18, Math.min(44, 560 / count)), width = count * step + 44;
  const x = (/** @type {number} */ i) => 36 + i * step, y = (/** @type {number} */ p) => HEAD + HIGH - (p / most) * HIGH;

  const parts = [0, 0.5, 1].flatMap(share => [
    draw('line', { class: 'grid', x1: 34, x2: width - 6, y1: y(share * most), y2: y(share * most) }),
    draw('text', { class: 'scale', x: 30, y: y(share * most) + 4 }, `${Math.round(share * most * 100)}%`),
  ]);
  for (const layer of layers) parts.push(...drawLayer(layer, laws[layer.law], decision.candidates, x, y, step));
  decision.candidates.forEach((pitch, i) => {
    const chosen = i === decision.chosen;
    parts.push(draw('text', { class: chosen ? 'pitch chosen' : 'pitch', x: x(i) + step / 2, y: HEAD + HIGH + 16 }, step < 30 && !chosen && i % 2 ? '' : pitchName(pitch)));
    if (chosen) parts.push(draw('path', { class: 'sampled', d: `M${x(i) + step / 2 - 7} ${HEAD + HIGH + 32}l7 -11l7 11z` }));
  });
  const pitch = pitchName(decision.candidates[decision.chosen]), law = laws[layers[0].law];
  const picture = draw('svg', {
    viewBox: `0 0 ${width} ${HEAD + HIGH + FOOT}`, role: 'img',
    'aria-label': `Law of the note over ${count} candidates; ${pitch} was drawn, which had ${Math.round(law[decision.chosen] * 100)} percent`,
  }, ...parts);
  return { picture, key: layers.map(layer => make('span', { class: `key-${layer.how}` }, layer.words)) };
}

/** @param {Layer} layer @param {number[]} law @param {number[]} pitches @param {(i: number) => number} x @param {(p: number) => number} y @param {number} step */
function drawLayer(layer, law, pitches, x, y, step) {
  if (layer.how === 'bars') return law.map((p, i) => draw('rect', { class: 'bar', 'data-pitch': pitches[i], 'data-p': p, x: x(i) + 2, width: step - 4, y: y(p), height: Math.max(0, y(0) - y(p)) }));
  if (layer.how === 'dots') return law.map((p, i) => draw('circle', { class: 'dot', cx: x(i) + step / 2, cy: y(p), r: 4 }));
  return [draw('path', { class: layer.how, d: law.map((p, i) => `${i ? 'L' : 'M'}${x(i) + 1} ${y(p).toFixed(1)}H${x(i) + step - 1}`).join('') })];
}
