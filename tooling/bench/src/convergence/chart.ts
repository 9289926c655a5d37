import { svgOf } from '@downhill/experiments/chart';
import { mediansOf, type ConvergenceReport, type ProblemReport } from './report.ts';

const headOf = ({ title, target }: Pick<ProblemReport, 'title' | 'target'>): string => `${title}\nsteps to a loss of ${target}`;

/**
 * The report as an SVG: a panel a problem, a line a rule. A dot is the median of its steps, the bar behind it goes over all seeds, and a red
 * triangle stands at the last step of a rule that did not get there.
 */
export function convergenceChart({ problems }: ConvergenceReport): Promise<string> {
  const rules = [...new Set(problems.flatMap(({ found }) => found.map(({ rule }) => rule)))];
  const values = problems.flatMap(({ title, target, mostSteps, found }) =>
    found.map((each) => {
      const reached = each.runs.map(({ steps }) => steps ?? mostSteps);
      const { steps } = mediansOf(each);
      return {
        problem: headOf({ title, target }),
        rule: each.rule,
        steps: Math.min(steps, mostSteps),
        low: Math.min(...reached),
        high: Math.max(...reached),
        isThere: Number.isFinite(steps),
      };
    }),
  );
  const axis = { domain: false, ticks: false, labelFontSize: 12, labelLimit: 320 };
  const y = { field: 'rule', type: 'nominal', title: null, scale: { domain: rules }, axis } as const;
  const x = {
    type: 'quantitative',
    title: null,
    scale: { type: 'log', nice: false, padding: 6 },
    axis: { format: '~s', tickCount: 4 },
  } as const;
  return svgOf({
    background: 'white',
    padding: 8,
    config: { view: { stroke: null }, axis: { grid: true, gridColor: '#eee' }, font: 'Helvetica, Arial, sans-serif' },
    data: { values },
    facet: {
      column: {
        field: 'problem',
        type: 'nominal',
        sort: problems.map(headOf),
        title: null,
        header: { labelExpr: "split(datum.value, '\\n')", labelFontSize: 12 },
      },
    },
    spacing: 14,
    resolve: { scale: { x: 'independent' } },
    spec: {
      width: 170,
      height: { step: 17 },
      layer: [
        { mark: { type: 'rule', color: '#9bb3cf', strokeWidth: 2 }, encoding: { y, x: { ...x, field: 'low' }, x2: { field: 'high' } } },
        {
          transform: [{ filter: 'datum.isThere' }],
          mark: { type: 'point', shape: 'circle', filled: true, size: 46, opacity: 1, color: '#4c78a8' },
          encoding: { y, x: { ...x, field: 'steps' } },
        },
        {
          transform: [{ filter: '!datum.isThere' }],
          mark: { type: 'point', shape: 'triangle-right', filled: true, size: 46, opacity: 1, color: '#d1495b' },
          encoding: { y, x: { ...x, field: 'steps' } },
        },
      ],
    },
  });
}
