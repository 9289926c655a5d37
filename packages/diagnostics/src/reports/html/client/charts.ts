import { colourOf } from '@downhill/core/page';
import type { PageData } from '../page-data.ts';
import { chartCard, type ChartCard, type ChartLine } from './chart-card.ts';

/** What is looked at first; the rest follows by name. */
const FIRST = ['loss', 'accuracy', 'learningRate', 'learning rate', 'update ratio', 'gradient norm', 'weight norm'];
/** What spans powers of ten. */
const LOGARITHMIC = /ratio|norm/i;

/** A card for each chart of the runs. */
export function chartsOf({ runs }: PageData): ChartCard[] {
  const many = runs.length > 1;
  const charts = new Map<string, ChartLine[]>();
  for (const [run, { name, lines }] of runs.entries()) {
    for (const { chart, line, ...rest } of lines) {
      const all = charts.get(chart) ?? [];
      charts.set(chart, all);
      all.push({
        ...rest,
        run,
        part: line,
        name: many ? name : line,
        colour: colourOf(many ? run : all.length),
        dashed: false,
      });
    }
  }
  return [...charts]
    .toSorted(([a], [b]) => rank(a) - rank(b) || a.localeCompare(b))
    .map(([title, lines]) => {
      const parts = many ? [...new Set(lines.map(({ part }) => part))] : [];
      const shown =
        many && parts.length > 1
          ? lines.map((line) => ({ ...line, dashed: parts.includes('validation') && line.part !== 'validation' }))
          : lines;
      return chartCard(title, shown, { parts, log: LOGARITHMIC.test(title) });
    });
}

const rank = (chart: string): number => {
  const place = FIRST.indexOf(chart);
  return place < 0 ? FIRST.length : place;
};
