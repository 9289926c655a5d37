import { colourOf, numberText } from '@downhill/core/page';
import { useComputed, useSignal, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { dashOf } from '../charts/dashes.ts';
import { LineChart, type Line } from '../charts/line-chart.tsx';
import type { RunRecord } from './run-record.ts';

interface ChartOf {
  readonly title: string;
  /** Curves of the record, and how they are called. */
  readonly curves: Readonly<Record<string, string>>;
  readonly logarithmic?: boolean;
  readonly guide?: number;
}

const CHARTS: readonly ChartOf[] = [
  { title: 'Loss', curves: { 'loss/smoothed': 'training, smoothed', val_loss: 'held out' } },
  { title: 'Accuracy', curves: { accuracy: 'training batch', val_accuracy: 'held out' } },
  { title: 'Learning rate', curves: { learningRate: 'learning rate' } },
  {
    title: 'Update-to-weight ratio',
    curves: {
      'update ratio/0/kernel': 'first convolution',
      'update ratio/2/kernel': 'second convolution',
      'update ratio/5/kernel': 'dense',
      'update ratio/7/kernel': 'logits',
    },
    logarithmic: true,
    guide: 1e-3,
  },
  { title: 'Gradient norm', curves: { 'gradient norm': 'gradient norm' } },
];

/** The live curves of a run. */
export function CurveCharts({ record }: { readonly record: ReadonlySignal<RunRecord | undefined> }): JSX.Element {
  return (
    <div class="charts">
      {CHARTS.map((chart) => (
        <CurveChart key={chart.title} chart={chart} record={record} />
      ))}
    </div>
  );
}

function CurveChart({ chart, record }: { readonly chart: ChartOf; readonly record: ReadonlySignal<RunRecord | undefined> }): JSX.Element {
  const { title, curves, guide } = chart;
  const logarithmic = useSignal(chart.logarithmic ?? false);
  const lines = useComputed((): readonly Line[] => {
    const { steps = 100, curves: read = {} } = record.value ?? {};
    const drawn = Object.entries(curves).map(([name, label], i): Line => {
      const { steps: at = [0], values = [null] } = read[name] ?? {};
      return { label, colour: colourOf(i), ...dashOf(i), steps: at, values };
    });
    const line: Line[] = guide === undefined ? [] : [{ label: 'about right', colour: '#888', dash: [4, 4], steps: [0, Math.max(1, steps)], values: [guide, guide] }];
    return [...drawn, ...line];
  });
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <LineChart label={`${title} over the steps of the run.`} lines={lines} logarithmic={logarithmic} height={180} />
      <ul class="key">
        {lines.value.map(({ label, values, colour, dash }) => {
          const last = values.at(-1);
          return (
            <li key={label} style={{ borderColor: colour, borderBottomStyle: dash === undefined ? 'solid' : 'dashed' }}>
              {label}: {last === null || last === undefined ? '–' : numberText(last, 3)}
            </li>
          );
        })}
      </ul>
    </section>
  );
}
