import type { TopLevelSpec } from 'vega-lite';
import type { DataSetReport } from './report.ts';
import { svgOf } from './svg-of.ts';

/** The main quantity of each arm as an SVG: a dot a seed, the mean with its standard deviation, and a rule at the baseline's mean. */
export function chart({ arms }: DataSetReport): Promise<string> {
  const main = arms.flatMap(({ arm, quantities: [quantity] }) => (quantity === undefined ? [] : [{ arm, ...quantity }]));
  const [baseline] = main;
  if (baseline === undefined) throw new RangeError('a chart needs an arm with a quantity');
  const { name, format } = baseline.quantity;
  const x = { type: 'quantitative', scale: { zero: false, nice: true }, axis: { format: format === 'share' ? '.1%' : '.3f' } } as const;
  const y = {
    field: 'arm',
    type: 'nominal',
    sort: null,
    title: null,
    axis: { domain: false, ticks: false, labelFontSize: 12, labelLimit: 320 },
  } as const;
  const spec: TopLevelSpec = {
    width: 480,
    height: { step: 28 },
    background: 'white',
    padding: 8,
    config: { view: { stroke: null }, axis: { grid: true, gridColor: '#eee' }, font: 'Helvetica, Arial, sans-serif' },
    layer: [
      {
        data: { values: [{ mean: baseline.mean }] },
        mark: { type: 'rule', color: '#999', strokeDash: [4, 3] },
        encoding: { x: { ...x, field: 'mean' } },
      },
      {
        data: {
          values: main.map(({ arm, mean, standardDeviation }) => ({ arm, low: mean - standardDeviation, high: mean + standardDeviation })),
        },
        mark: { type: 'rule', color: '#d1495b', strokeWidth: 2 },
        encoding: { y, x: { ...x, field: 'low', title: `${name}: each seed, mean ± standard deviation` }, x2: { field: 'high' } },
      },
      {
        data: { values: main.map(({ arm, mean }) => ({ arm, mean })) },
        mark: { type: 'tick', color: '#d1495b', thickness: 3, size: 16 },
        encoding: { y, x: { ...x, field: 'mean' } },
      },
      {
        data: { values: main.flatMap(({ arm, values }) => values.map((value) => ({ arm, value }))) },
        mark: { type: 'circle', size: 36, opacity: 0.7, color: '#4c78a8' },
        encoding: { y, x: { ...x, field: 'value' } },
      },
    ],
  };
  return svgOf(spec);
}
