import uPlot from 'uplot';
import { numberText } from '@downhill/core/page';
import { drawGuide } from './draw-guide.ts';
import { element, themeColour } from './elements.ts';
import { joined, lastOfEach, type Curve, type Row } from './joined.ts';
import { powersOfTen } from './powers-of-ten.ts';
import { quantityText } from './quantity-text.ts';
import { smoothed } from './smoothed.ts';
import type { State } from './state.ts';

/** A line of a chart. */
export interface ChartLine {
  readonly run: number;
  readonly name: string;
  readonly part: string;
  readonly colour: string;
  readonly dashed: boolean;
  readonly steps: readonly number[];
  readonly epochs: readonly number[];
  readonly values: readonly (number | null)[];
  readonly guide?: number;
}

export interface ChartCard {
  readonly root: HTMLElement;
  draw(state: State): void;
  /** Lets the lines of one run stand out, or of none. */
  highlight(run: number | undefined): void;
}

const HEIGHT = 240;
/** Beyond, the unsmoothed lines behind the smoothed ones would be a mess. */
const LINES_WITH_RAW = 6;
const LOGARITHMIC = 3; // uPlot's name for it

/** A chart with its title, its switches and a legend that shows the values under the pointer. */
export function chartCard(
  title: string,
  lines: readonly ChartLine[],
  { parts, log }: { parts: readonly string[]; log: boolean },
): ChartCard {
  const textOf = (value: number): string => quantityText(title, value);
  const hidden = new Set<string>();
  let logarithmic = log;
  let plot: uPlot | undefined;
  let drawn: ChartLine[] = [];
  let last: State | undefined;
  const again = (): void => last && draw(last);

  const place = element('div', { className: 'plot', role: 'img' });
  const at = element('output', { className: 'at' });
  const legend = element('ul', { className: 'legend' });
  const logButton = element('button', { type: 'button', className: 'log', 'aria-pressed': log, title: 'Logarithmic scale' }, 'log');
  logButton.addEventListener('click', () => {
    logarithmic = !logarithmic;
    logButton.setAttribute('aria-pressed', String(logarithmic));
    again();
  });
  const select = element(
    'select',
    { 'aria-label': `Line of ${title}` },
    ...['all', ...parts].map((part) => element('option', { value: part }, part)),
  );
  select.value = ['validation', title].find((part) => parts.includes(part)) ?? parts[0] ?? 'all';
  select.addEventListener('change', again);
  const root = element(
    'article',
    { className: 'card' },
    element('header', {}, element('h3', {}, title), at, ...(parts.length > 1 ? [select] : []), logButton),
    place,
    legend,
  );

  function draw(state: State): void {
    last = state;
    drawn = lines.filter(
      ({ run, part }) => state.visible.has(run) && (parts.length < 2 || select.value === 'all' || select.value === part),
    );
    root.hidden = drawn.length === 0;
    if (root.hidden) return;
    const curves = drawn.map((line) => curveOf(line, state, logarithmic));
    const raw =
      state.smoothing > 0 && drawn.length <= LINES_WITH_RAW
        ? drawn.map((line) => curveOf(line, { ...state, smoothing: 0 }, logarithmic))
        : [];
    plot?.destroy();
    place.setAttribute('aria-label', summary(title, drawn, textOf));
    plot = new uPlot(options(state, raw.length > 0), joined([...curves, ...raw]), place);
    showLegend();
  }

  function options({ across }: State, raw: boolean): uPlot.Options {
    const [ink, rule, card] = [themeColour('quiet'), themeColour('rule'), themeColour('card')];
    const sparse = (_: uPlot, splits: readonly number[]): (number | null)[] => powersOfTen(splits);
    const axis = { stroke: ink, grid: { stroke: rule, width: 1 }, ticks: { stroke: rule, width: 1 }, font: '12px system-ui, sans-serif' };
    const guides = [...new Set(drawn.flatMap(({ guide }) => guide ?? []))];
    return {
      width: Math.max(200, root.clientWidth - 30 || 440),
      height: HEIGHT,
      legend: { show: false },
      focus: { alpha: 0.15 },
      cursor: { y: false, sync: { key: 'runs', setSeries: false }, focus: { prox: drawn.length > 3 ? 16 : -1 }, points: { size: 6 } },
      scales: { x: { time: false }, y: { distr: logarithmic ? LOGARITHMIC : 1, ...rangeOf(guides, logarithmic) } },
      axes: [
        { ...axis, size: 34, values: (_, ticks) => ticks.map((tick) => numberText(tick)) },
        {
          ...axis,
          ...(logarithmic ? { grid: { ...axis.grid, filter: sparse }, ticks: { ...axis.ticks, filter: sparse } } : {}),
          size: 62,
          values: (_, ticks) => ticks.map((tick) => (tick === null ? '' : textOf(tick))),
        },
      ],
      series: [
        { label: across },
        ...drawn.map((line) => ({ ...seriesOf(line, 2, !hidden.has(keyOf(line))), points: { fill: card } })),
        ...(raw ? drawn.map((line) => ({ ...seriesOf(line, 1, !hidden.has(keyOf(line))), alpha: 0.25 })) : []),
      ],
      hooks: { setCursor: [showValues], draw: [(u) => guides.forEach((guide) => drawGuide(u, guide, textOf(guide), { ink, card }))] },
    };
  }

  function showLegend(): void {
    legend.replaceChildren(
      ...drawn.map((line, i) => {
        const key = element('i', { className: line.dashed ? 'dashed' : '' });
        key.style.borderColor = line.colour;
        const button = element('button', { type: 'button', 'aria-pressed': !hidden.has(keyOf(line)) }, key, line.name, element('output'));
        button.addEventListener('click', () => {
          if (!hidden.delete(keyOf(line))) hidden.add(keyOf(line));
          again();
        });
        button.addEventListener('mouseenter', () => plot?.setSeries(i + 1, { focus: true }));
        button.addEventListener('mouseleave', () => plot?.setSeries(null, { focus: true }));
        return element('li', {}, button);
      }),
    );
    if (plot !== undefined) showValues(plot);
  }

  function showValues(u: uPlot): void {
    const { idx } = u.cursor;
    const [places = []] = u.data;
    at.textContent = typeof idx === 'number' ? `${last?.across === 'epochs' ? 'epoch' : 'step'} ${places[idx]}` : '';
    [...legend.querySelectorAll('output')].forEach((output, i) => {
      const value = valueBefore(u.data[i + 1] as Row | undefined, idx ?? places.length - 1);
      output.textContent = value === undefined ? '' : textOf(value);
    });
  }

  new ResizeObserver(() => {
    const width = root.clientWidth - 30;
    if (plot !== undefined && width > 0 && plot.width !== width) plot.setSize({ width, height: HEIGHT });
  }).observe(root);

  return {
    root,
    draw,
    highlight(run) {
      const index = run === undefined ? -1 : drawn.findIndex((line) => line.run === run);
      if (!root.hidden) plot?.setSeries(index < 0 ? null : index + 1, { focus: true });
    },
  };
}

const keyOf = ({ run, part }: ChartLine): string => `${run} ${part}`;

const seriesOf = ({ name, colour, dashed }: ChartLine, width: number, show: boolean): uPlot.Series => ({
  label: name,
  stroke: colour,
  width,
  show,
  ...(dashed ? { dash: [6, 5] } : {}),
});

function curveOf({ steps, epochs, values }: ChartLine, { smoothing, across }: State, logarithmic: boolean): Curve {
  const { x, y } = lastOfEach(across === 'epochs' ? epochs : steps, smoothing > 0 ? smoothed(values, smoothing) : values);
  return { x, y: logarithmic ? y.map((value) => (value !== null && value > 0 ? value : null)) : y };
}

/** A scale that holds the guides too; uPlot's own where there are none. */
function rangeOf(guides: readonly number[], logarithmic: boolean): Partial<uPlot.Scale> {
  if (guides.length === 0) return {};
  return {
    range: (_, low, high) => {
      const [min, max] = [Math.min(low ?? Infinity, ...guides), Math.max(high ?? -Infinity, ...guides)];
      return logarithmic ? uPlot.rangeLog(min, max, 10, true) : uPlot.rangeNum(min, max, 0.1, true);
    },
  };
}

function valueBefore(values: Row | undefined, index: number): number | undefined {
  for (let i = index; i >= 0; i--) {
    const value = values?.[i];
    if (typeof value === 'number') return value;
  }
  return undefined;
}

/** The chart in words, for who does not see it. */
function summary(title: string, lines: readonly ChartLine[], textOf: (value: number) => string): string {
  const words = lines.slice(0, 8).map(({ name, values }) => {
    const finite = values.filter((value) => value !== null);
    if (finite.length === 0) return `${name} has no finite value`;
    const [low, high] = [finite.reduce((a, b) => Math.min(a, b)), finite.reduce((a, b) => Math.max(a, b))];
    return `${name} goes from ${textOf(finite[0] ?? 0)} to ${textOf(finite.at(-1) ?? 0)}, lowest ${textOf(low)}, highest ${textOf(high)}`;
  });
  return `${title}: ${words.join('; ')}${lines.length > 8 ? `; and ${lines.length - 8} lines more` : ''}.`;
}
