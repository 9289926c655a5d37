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
  /** A level that is drawn beside them, and what it says. */
  readonly guide?: { readonly label: string; readonly value: number };
}

const CHARTS: readonly ChartOf[] = [
  { title: 'Loss', curves: { 'loss/smoothed': 'training, smoothed', val_loss: 'held-out images' } },
  { title: 'Accuracy', curves: { accuracy: 'training batch', val_accuracy: 'held-out images' } },
  {
    title: 'Update-to-weight ratio',
    curves: {
      'update ratio/0/kernel': 'first convolution',
      'update ratio/2/kernel': 'second convolution',
      'update ratio/5/kernel': 'dense',
      'update ratio/7/kernel': 'logits',
    },
    logarithmic: true,
    guide: { label: 'about right', value: 1e-3 },
  },
  { title: 'Learning rate', curves: { learningRate: 'learning rate' } },
  { title: 'Gradient norm', curves: { 'gradient norm': 'before clipping' } },
  { title: 'Milliseconds a step', curves: { 'ms per step': 'with all that is measured and kept' } },
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
    const { steps: last = 0, curves: read = {} } = record.value ?? {};
    const end = last || 100; // before anything is known
    const drawn = Object.entries(curves).map(([name, label], i): Line => {
      const { steps = [0], values = [null] } = read[name] ?? {};
      return { label, colour: colourOf(i), ...dashOf(i), steps, values };
    });
    if (guide === undefined) return drawn;
    return [...drawn, { label: guide.label, colour: colourOf(GUIDE), dash: [4, 4], steps: [0, end], values: [guide.value, guide.value] }];
  });
  return (
    <section aria-label={title}>
      <h3>{title}</h3>
      <LineChart
        label={`${title} over the steps of the run; the numbers stand below.`}
        lines={lines}
        logarithmic={logarithmic}
        height={180}
      />
      <ul class="key">
        {lines.value.map(({ label, values, colour, dash }) => (
          <li key={label} style={{ borderColor: colour, borderBottomStyle: dash === undefined ? 'solid' : 'dashed' }}>
            {label}: {textOf(values.at(-1))}
          </li>
        ))}
      </ul>
    </section>
  );
}

const GUIDE = 7; // a colour that no line of the chart has

const textOf = (value: number | null | undefined): string => (value === null || value === undefined ? '–' : numberText(value, 3));
