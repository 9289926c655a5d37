import { useSignalEffect, type ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import UPlot from 'uplot';
import { dark } from '../shell/theme.ts';
import { axisTexts } from './axis-texts.ts';
import { useSize } from './use-size.ts';

/** One line of a chart. */
export interface Line {
  readonly label: string;
  readonly colour: string;
  /** Whether its values are dots that no line joins. @defaultValue false */
  readonly dots?: boolean;
  /** Lengths of dash and gap in pixels; none for a whole line. */
  readonly dash?: readonly number[];
  /** One a step from 0 on, or one at each of `steps`; `null` leaves a gap. */
  readonly values: readonly (number | null)[];
  /** Where the values stand, in rising order; lines of one chart may stand at different steps. @defaultValue 0, 1, 2 and so on */
  readonly steps?: readonly number[];
}

export interface LineChartProps {
  /** Says what is shown to who cannot see it; numbers stand in a table beside. */
  readonly label: string;
  readonly lines: ReadonlySignal<readonly Line[]>;
  /** @defaultValue false */
  readonly logarithmic?: ReadonlySignal<boolean>;
  /** A step that is marked by an upright line. */
  readonly marked?: ReadonlySignal<number>;
  /** @defaultValue 220 px */
  readonly height?: number;
}

const MARGIN = 12;
const DOT = 9; // px across
const WHOLE = [1, 2, 5].flatMap((digit) => [0, 1, 2, 3, 4, 5].map((power) => digit * 10 ** power)).sort((a, b) => a - b); // steps have no halves

/** Lines over steps, drawn by uPlot. */
export function LineChart({ label, lines, logarithmic, marked, height = 220 }: LineChartProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<UPlot | undefined>(undefined);
  const shape = useRef('');
  const size = useSize(box);
  useSignalEffect(() => {
    const { width } = size.value;
    const log = logarithmic?.value ?? false;
    const drawn = lines.value;
    const wanted = JSON.stringify([width, log, dark.value, drawn.map(({ label, colour, dash, dots }) => [label, colour, dash, dots])]);
    if (box.current === null || width === 0) return;
    if (wanted === shape.current) {
      chart.current?.setData(dataOf(drawn));
      return;
    }
    shape.current = wanted;
    chart.current?.destroy();
    chart.current = new UPlot(optionsOf({ width, height, log, drawn, element: box.current, marked }), dataOf(drawn), box.current);
  });
  useSignalEffect(() => {
    if (marked !== undefined && marked.value >= 0) chart.current?.redraw(false);
  });
  useEffect(() => () => chart.current?.destroy(), []);
  return <div class="chart" role="img" aria-label={label} ref={box} />;
}

function dataOf(lines: readonly Line[]): UPlot.AlignedData {
  if (lines.some(({ steps }) => steps !== undefined))
    return UPlot.join(lines.map(({ steps, values }) => [[...(steps ?? values.keys())], [...values]]));
  const steps = Array.from({ length: Math.max(1, ...lines.map(({ values }) => values.length)) }, (_, step) => step);
  return [steps, ...lines.map(({ values }) => [...values])];
}

interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly log: boolean;
  readonly drawn: readonly Line[];
  readonly element: HTMLElement;
  readonly marked: ReadonlySignal<number> | undefined;
}

function optionsOf({ width, height, log, drawn, element, marked }: Drawing): UPlot.Options {
  const ink = getComputedStyle(element).color;
  const rule = getComputedStyle(element).borderTopColor;
  const axis: UPlot.Axis = { stroke: ink, font: '12px system-ui', grid: { stroke: rule, width: 1 }, ticks: { show: false } };
  return {
    width,
    height,
    padding: [MARGIN, MARGIN, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { distr: log ? 3 : 1 } },
    axes: [
      { ...axis, size: 28, incrs: WHOLE },
      {
        ...axis,
        size: 56,
        ...(log ? { filter: powersOfTen, grid: { stroke: rule, width: 1, filter: powersOfTen } } : {}),
        values: (_, ticks) => axisTexts(ticks),
      },
    ],
    series: [
      {},
      ...drawn.map(({ label, colour, dash, dots = false }): UPlot.Series => ({
        label,
        stroke: colour,
        width: dots ? 0 : 2,
        points: dots ? { show: true, size: DOT, width: 2, stroke: colour, fill: colour } : { show: false },
        ...(dash === undefined ? {} : { dash: [...dash] }),
      })),
    ],
    hooks: { draw: [(chart) => drawMarked(chart, marked?.peek(), ink)] },
  };
}

/** What of a logarithmic axis has a line and a number; each other one where there are many. */
function powersOfTen(_: UPlot, splits: readonly number[]): (number | null)[] {
  const isPower = (value: number): boolean => Math.abs(Math.log10(value) - Math.round(Math.log10(value))) < 1e-6;
  const powers = splits.filter(isPower);
  if (powers.length < 2) return [...splits];
  const every = Math.ceil(powers.length / 6);
  return splits.map((value) => (isPower(value) && Math.round(Math.log10(value)) % every === 0 ? value : null));
}

function drawMarked({ ctx, bbox, valToPos }: UPlot, step: number | undefined, ink: string): void {
  if (step === undefined) return;
  const left = Math.round(valToPos(step, 'x', true));
  ctx.save();
  ctx.beginPath();
  ctx.moveTo(left, bbox.top);
  ctx.lineTo(left, bbox.top + bbox.height);
  ctx.strokeStyle = ink;
  ctx.lineWidth = devicePixelRatio;
  ctx.setLineDash([4, 4]);
  ctx.stroke();
  ctx.restore();
}
