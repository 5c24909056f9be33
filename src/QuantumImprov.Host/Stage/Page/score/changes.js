// The written chords below the notes, bar by bar, so that both who play know where they are.

const HIGH = 22;

export class Changes {
  /** @type {string[][] | null} */ #bars = null;

  /** @param {string[][] | null} bars the chart, round and round from some bar line on; null: none is written */
  take(bars) {
    this.#bars = bars;
  }

  /**
   * @param {CanvasRenderingContext2D} pen @param {{ bar: number, line: number } | null} grid milliseconds @param {number} now
   * @param {number} from @param {number} to page times @param {(t: number) => number} x @param {number} height
   */
  draw(pen, grid, now, from, to, x, height) {
    const bars = this.#bars;
    if (!bars || !grid) return;
    pen.font = '600 15px system-ui, sans-serif';
    for (let bar = Math.floor((from - grid.line) / grid.bar); grid.line + bar * grid.bar < to; bar++) {
      const chords = bars[((bar % bars.length) + bars.length) % bars.length], each = grid.bar / chords.length;
      chords.forEach((chord, i) => {
        const start = grid.line + bar * grid.bar + i * each, sounds = start <= now && now < start + each;
        const left = x(start) + 4, wide = pen.measureText(chord).width;
        pen.fillStyle = sounds ? 'rgba(255, 255, 255, 0.9)' : 'rgba(20, 26, 36, 0.75)';
        pen.fillRect(left - 3, height - HIGH, wide + 6, HIGH - 2);
        pen.fillStyle = sounds ? '#10151d' : '#c9d3e2';
        pen.fillText(chord, left, height - 7);
      });
    }
  }
}
