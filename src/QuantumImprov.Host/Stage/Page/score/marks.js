// Above the notes: which stretch of time was whose phrase, and where an opening was taken up.

import { motifWords } from '../words.js';
import { PERFORMER, colourOf, rgba } from './palette.js';

/** @typedef {import('../link/live.js').State} State */
/** @typedef {{ part: 'performer' | 'partner', number: number, from: number, to: number | null, motifTo: number | null, label: string, motif: string }} Mark page times; to is null while it goes on */

/** How high the lane of the marks is, in pixels. */
export const LANE = 30;

const MOST = 60;

export class Marks {
  /** @type {Mark[]} */ #marks = [];

  /** @param {State['phrase']} phrase the performer's @param {State['answer']} answer the partner's @param {State['way']} way */
  take(phrase, answer, way) {
    if (phrase) this.#put({ part: 'performer', number: phrase.number, from: phrase.from, to: phrase.to, motifTo: phrase.openingTo, label: `Phrase ${phrase.number}`, motif: 'taken up' });
    if (answer) {
      const label = way === 'duet' ? '' : `Answer ${answer.number}`;
      this.#put({ part: 'partner', number: answer.number, from: answer.from, to: answer.to, motifTo: answer.motifTo, label, motif: motifWords(answer.motif) });
    }
  }

  /** The answer that was on its way was dropped. @param {number} now */
  drop(now) {
    for (const m of this.#marks) if (m.part === 'partner' && (m.to ?? Infinity) > now) m.to = Math.max(m.from, now);
    this.#marks = this.#marks.filter(m => m.part === 'performer' || (m.to ?? Infinity) > m.from);
  }

  /** @param {CanvasRenderingContext2D} pen @param {(t: number) => number} x @param {number} now @param {number} width */
  draw(pen, x, now, width) {
    pen.font = '12px system-ui, sans-serif';
    for (const m of this.#marks) {
      const from = x(m.from), to = x(m.to ?? now);
      if (to < 0 || from > width) continue;
      const colour = m.part === 'performer' ? PERFORMER : colourOf('local'), length = Math.max(2, to - from);
      pen.fillStyle = rgba(colour, 0.16);
      pen.fillRect(from, 3, length, LANE - 10);
      pen.fillStyle = rgba(colour, 0.95);
      pen.fillRect(from, 3, 2.5, LANE - 10);
      if (m.motifTo != null) pen.fillRect(from, LANE - 8, Math.max(2, x(m.motifTo) - from), 4);
      const text = m.motifTo != null && m.motif ? `${m.label}${m.label ? ': ' : ''}${m.motif}` : m.label;
      if (length > 30) {
        pen.save();
        pen.beginPath();
        pen.rect(from, 0, length, LANE);
        pen.clip();
        pen.fillText(text, Math.max(from + 8, 8), 18);
        pen.restore();
      }
    }
  }

  /** @param {Mark} mark */
  #put(mark) {
    const i = this.#marks.findIndex(m => m.part === mark.part && m.number === mark.number);
    if (i >= 0) this.#marks[i] = mark;
    else this.#marks.push(mark);
    if (this.#marks.length > MOST) this.#marks.shift();
  }
}
