// A circuit drawn as circuits are: a wire a qubit, the registers named, each operation on its wires in order of time.

import { draw } from '../dom.js';

const WIRE = 19, LEFT = 92, GAP = 9, TOP = 4;

/** @typedef {import('../../protocol.js').FromHost.Decision['circuit']} Circuit @typedef {Circuit['gates'][number]} Gate */

/** @param {Circuit} circuit */
export function drawCircuit(circuit) {
  // The selector stands above the note: what decides stands above what is decided.
  const y = (/** @type {number} */ q) => TOP + (circuit.qubits - 1 - q) * WIRE + WIRE / 2;
  const parts = [];
  let x = LEFT + GAP;
  for (const gate of packed(circuit.gates)) {
    const wide = Math.max(24, gate.label.length * 8 + 10);
    parts.push(drawGate(gate, x + wide / 2, wide, y));
    x += wide + GAP;
  }
  const height = TOP * 2 + circuit.qubits * WIRE, wires = [];
  let low = 0;
  for (const [name, size] of circuit.registers) {
    const high = low + size - 1;
    for (let q = low; q <= high; q++) wires.push(draw('line', { class: `wire ${name}`, x1: LEFT, x2: x, y1: y(q), y2: y(q) }));
    wires.push(draw('text', { class: `register ${name}`, x: LEFT - 18, y: (y(low) + y(high)) / 2 + 4 }, name));
    wires.push(draw('path', { class: 'brace', d: `M${LEFT - 6} ${y(high) - 6}H${LEFT - 11}V${y(low) + 6}H${LEFT - 6}` }));
    low += size;
  }
  const words = circuit.registers.map(([name, size]) => `${size} ${name}`).join(', ');
  return draw('svg', { viewBox: `0 0 ${x + 4} ${height}`, width: x + 4, height, role: 'img', 'aria-label': `Circuit of ${circuit.qubits} qubits (${words}) with ${circuit.gates.length} operations` }, ...wires, ...parts);
}

/** One box for measurements that follow each other: they happen together. @param {Gate[]} gates @returns {(Gate & { label: string })[]} */
function packed(gates) {
  const columns = [];
  for (const gate of gates) {
    const last = columns.at(-1);
    if (gate.shape === 'measurement' && last?.shape === 'measurement' && gate.when === last.when) last.on.push(...gate.on);
    else columns.push({ ...gate, on: [...gate.on], label: gate.name });
  }
  return columns;
}

/** @param {Gate & { label: string }} gate @param {number} x @param {number} wide @param {(q: number) => number} y */
function drawGate(gate, x, wide, y) {
  const all = [...gate.on, ...gate.by].map(y), parts = [];
  if (gate.shape === 'barrier') return draw('line', { class: 'barrier', x1: x, x2: x, y1: Math.min(...all) - 9, y2: Math.max(...all) + 9 });
  if (gate.by.length) parts.push(draw('line', { class: 'reach', x1: x, x2: x, y1: Math.min(...all), y2: Math.max(...all) }));
  for (const q of gate.by) {
    // Filled: when it is 1. Diamond: whatever it is, it chooses which of several turns.
    parts.push(gate.shape === 'controlled' ? draw('circle', { class: 'control', cx: x, cy: y(q), r: 4 }) : draw('path', { class: 'choice', d: `M${x} ${y(q) - 5}l5 5l-5 5l-5 -5z` }));
  }
  if (gate.shape === 'measurement') {
    for (const q of gate.on) parts.push(draw('rect', { class: 'box measure', x: x - 12, y: y(q) - 8, width: 24, height: 16, rx: 2 }), draw('path', { class: 'needle', d: `M${x - 7} ${y(q) + 4}a7 7 0 0 1 14 0M${x} ${y(q) + 4}l5 -9` }));
  } else {
    const top = Math.min(...gate.on.map(y)), bottom = Math.max(...gate.on.map(y));
    parts.push(draw('rect', { class: 'box', x: x - wide / 2, y: top - 8, width: wide, height: bottom - top + 16, rx: 3 }), draw('text', { class: 'gate', x, y: (top + bottom) / 2 + 4 }, gate.label));
  }
  const angles = gate.angles > 1 ? ` ${gate.angles} numbers.` : '';
  return draw('g', {}, draw('title', {}, `${gate.when ? `If ${gate.when}: ` : ''}${gate.help}${angles}`), ...parts);
}
