// The council's members as arrows, as long as their amplitude and turned by their phase; and the memory's state as a field of arrows.

import { draw, make } from '../dom.js';

const SHOWN = 7, SIZE = 34;

/** @param {number} length 0 to 1 @param {number} phase radians @param {number} x @param {number} y @param {number} reach */
function arrow(length, phase, x, y, reach) {
  const dx = Math.cos(phase) * length * reach, dy = -Math.sin(phase) * length * reach, head = Math.min(5, 2 + length * 4), turn = Math.atan2(dy, dx);
  const wing = (/** @type {number} */ by) => `${(x + dx - head * Math.cos(turn + by)).toFixed(1)} ${(y + dy - head * Math.sin(turn + by)).toFixed(1)}`;
  return draw('path', { class: 'arrow', d: `M${x} ${y}L${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}M${wing(0.5)}L${(x + dx).toFixed(1)} ${(y + dy).toFixed(1)}L${wing(-0.5)}` });
}

/**
 * The members that weigh most, as a list; pointing at one lays its law over the others.
 * @param {NonNullable<import('../../protocol.js').FromHost.Decision['members']>} members @param {string} chosen @param {(name: string) => void} pick @returns {HTMLElement}
 */
export function drawCouncil(members, chosen, pick) {
  const order = [...members].sort((a, b) => b.weight - a.weight), most = Math.sqrt(order[0]?.weight || 1), sum = members.reduce((s, m) => s + m.weight, 0) || 1;
  return make('ul', {}, ...order.slice(0, SHOWN).map(member => {
    const button = make('button', { type: 'button', 'aria-pressed': `${member.name === chosen}` },
      draw('svg', { viewBox: `0 0 ${SIZE} ${SIZE}`, 'aria-hidden': 'true' }, draw('circle', { class: 'round', cx: SIZE / 2, cy: SIZE / 2, r: SIZE / 2 - 1 }), arrow(Math.sqrt(member.weight) / most, member.phase, SIZE / 2, SIZE / 2, SIZE / 2 - 2)),
      make('span', {}, member.name), make('b', {}, `${Math.round((member.weight / sum) * 100)} %`));
    button.addEventListener('click', () => pick(member.name === chosen ? '' : member.name));
    return make('li', {}, button);
  }));
}

/** rho before and after: what stands on the diagonal is probability, what stands beside it coherence. @param {NonNullable<import('../../protocol.js').FromHost.Decision['memory']>} memory @returns {HTMLElement} */
export function drawMemory(memory) {
  const qubits = Math.log2(memory.levels);
  return make('div', { class: 'rho' }, ...['before', 'after'].map(when => {
    const rho = memory[/** @type {'before' | 'after'} */ (when)], n = memory.levels, cells = [];
    for (let i = 0; i < n * n; i++) {
      const re = rho[2 * i], im = rho[2 * i + 1], size = Math.min(1, Math.hypot(re, im)), row = Math.floor(i / n), x = (i % n) * SIZE + SIZE / 2, y = row * SIZE + SIZE / 2;
      if (row === i % n) cells.push(draw('circle', { class: 'level', cx: x, cy: y, r: (SIZE / 2 - 2) * Math.sqrt(size) }), draw('text', { class: 'state', x, y: y + 4 }, `${Math.round(size * 100)}`));
      else if (size > 0.01) cells.push(draw('circle', { class: 'round', cx: x, cy: y, r: (SIZE / 2 - 2) * Math.sqrt(size) }), arrow(Math.sqrt(size), Math.atan2(im, re), x, y, SIZE / 2 - 2));
    }
    const levels = Array.from({ length: n }, (_, i) => `|${i.toString(2).padStart(qubits, '0')}⟩ ${Math.round(rho[2 * (i * n + i)] * 100)} percent`);
    return draw('svg', { viewBox: `0 0 ${n * SIZE} ${n * SIZE}`, role: 'img', 'aria-label': `Memory ${when} the note: ${levels.join(', ')}` }, ...cells);
  }));
}
