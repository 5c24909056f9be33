// The concert with a quantum device: stock of shots, jobs, money, and how many notes the device decided. Shown only where there is one.

import { byId, draw, make, say } from '../dom.js';
import { percent } from '../words.js';

const WIDE = 480, HIGH = 80;

export class Concert {
  /** @param {import('../../protocol.js').FromHost.Health['concert']} concert null without a device */
  take(concert) {
    byId('tab-concert').hidden = !concert;
    if (!concert) return;
    say('concert-say', concert.trouble ?? `Notes are chosen by shots of ${concert.backend} as far as there are any; this machine chooses the others.`);
    const facts = /** @type {[string, string | number][]} */ ([
      ['Notes by the device', concert.share == null ? '–' : percent(concert.share)],
      ['Bits a note from it', concert.bitsANote ?? '–'],
      ['Shots in stock', concert.shots],
      ['Classes stocked', `${concert.stocked} of ${concert.classes}`],
      ['Jobs sent', concert.jobsSent ?? '–'],
      ['Jobs open', concert.openJobs ?? '–'],
      ['Spent', concert.spent == null ? '–' : `${concert.spent.toFixed(2)} of ${concert.budget?.toFixed(2)}`],
      ['Last note', concert.last],
    ]);
    byId('concert-facts').replaceChildren(...facts.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, `${value}`))));
    this.#levels(concert.stocks);
  }

  /** @param {NonNullable<import('../../protocol.js').FromHost.Health['concert']>['stocks']} stocks those used most first */
  #levels(stocks) {
    const most = Math.max(1, ...stocks.map(s => s.shots)), step = WIDE / Math.max(1, stocks.length);
    const bars = stocks.map((s, i) => {
      const high = (s.shots / most) * HIGH;
      return draw('rect', { class: 'stock', x: (i * step + 1).toFixed(1), y: (HIGH - high).toFixed(1), width: Math.max(1, step - 2).toFixed(1), height: high.toFixed(1) });
    });
    byId('concert-levels').replaceChildren(
      make('figcaption', {}, 'Shots of the contexts that are used most'),
      draw('svg', { viewBox: `0 0 ${WIDE} ${HIGH}`, role: 'img', 'aria-label': `Shots of the ${stocks.length} contexts that are used most: ${stocks.map(s => s.shots).join(', ')}` }, ...bars));
  }
}
