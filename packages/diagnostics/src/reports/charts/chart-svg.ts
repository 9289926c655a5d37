import { checkNumber, complete } from '@downhill/core';
import { colourOf, escaped, numberText } from '@downhill/core/page';
import { linearAxis, logAxis, within, type Axis } from './axis.ts';
import { pointsOf, stretchesOf, type ChartSeries, type Point } from './chart-series.ts';

/** A horizontal line that values are compared with. */
export interface ChartGuide {
  readonly y: number;
  readonly label: string;
}

/** A place on the horizontal axis that has a name. */
export interface ChartMark {
  readonly x: number;
  readonly label: string;
}

/** Options of {@link chartSvg}. */
export interface ChartSvgOptions {
  /** @defaultValue '' */
  readonly title?: string;
  /** @defaultValue 'epoch' */
  readonly xLabel?: string;
  /** @defaultValue '' */
  readonly yLabel?: string;
  /** Powers of ten on the vertical axis; values that are not positive leave a gap. @defaultValue false */
  readonly logY?: boolean;
  /** The same for the horizontal one. @defaultValue false */
  readonly logX?: boolean;
  readonly guides?: readonly ChartGuide[];
  /** Vertical lines. */
  readonly marks?: readonly ChartMark[];
  /** What is above is cut off: a line that runs away would press the others flat. @defaultValue Infinity */
  readonly most?: number;
  /** In pixels. @defaultValue 640 */
  readonly width?: number;
  /** In pixels. @defaultValue 360 */
  readonly height?: number;
}

const MARGIN = { left: 64, right: 16, bottom: 44 };
const TITLE_HEIGHT = 30;
const LEGEND_HEIGHT = 22;
const SIGN_WIDTH = 6.6; // of a letter of 12 pixels

const STYLE = `text{font:12px system-ui,sans-serif;fill:#57606a}.title{font-size:15px;font-weight:600;fill:#1f2328}.grid{stroke:#d0d7de;stroke-width:1}
.line{fill:none;stroke-width:2;stroke-linejoin:round;stroke-linecap:round}.guide{stroke:#57606a;stroke-dasharray:2 4}.paper{fill:#ffffff}
.over{stroke:#ffffff;stroke-width:4;stroke-linejoin:round;paint-order:stroke}
@media(prefers-color-scheme:dark){text{fill:#9198a1}.title{fill:#f0f6fc}.grid{stroke:#30363d}.guide{stroke:#9198a1}.paper{fill:#0d1117}.over{stroke:#0d1117}}`;

/**
 * A line chart as the text of an SVG picture: needs no page, no font and no network, and follows the reader's light or dark theme.
 *
 * @example
 * const svg = chartSvg([{ name: 'loss', y: [2.3, 0.9, 0.4] }], { title: 'Training' });
 * svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"'); // true
 *
 * @throws DownhillError `shape-mismatch` where a series has more or fewer `x` than `y`, `invalid-argument` for a size that is too small.
 */
export function chartSvg(series: readonly ChartSeries[], options: ChartSvgOptions = {}): string {
  const { title, xLabel, yLabel, logX, logY, guides, marks, most, width, height } = complete('chartSvg', options, {
    title: '',
    xLabel: 'epoch',
    yLabel: '',
    logX: false,
    logY: false,
    guides: [] as readonly ChartGuide[],
    marks: [] as readonly ChartMark[],
    most: Number.POSITIVE_INFINITY,
    width: 640,
    height: 360,
  });
  checkNumber('chartSvg', { width, height }, { min: 160 });
  const lines = series.map((one) =>
    pointsOf('chartSvg', one, logY).map((point) => (logX && point.x <= 0 ? { ...point, y: Number.NaN } : point)),
  );
  const drawn = lines.flat().filter(({ y }) => !Number.isNaN(y));
  const legend = legendRows(series, width - MARGIN.left - MARGIN.right);
  const top = (title === '' ? 12 : TITLE_HEIGHT) + legend.length * LEGEND_HEIGHT;
  const plot = { left: MARGIN.left, top, width: width - MARGIN.left - MARGIN.right, height: height - top - MARGIN.bottom };
  const across = [...drawn, ...marks].map(({ x }) => x);
  const xAxis = within(axisOf(logX)(across, plot.width / 50), across);
  const yAxis = axisOf(logY)(
    [...drawn, ...guides].map(({ y }) => Math.min(y, most)),
    plot.height / 45,
  );
  const placeX = (x: number): number => plot.left + plot.width * xAxis.shareOf(x);
  const placeY = (y: number): number => Math.max(plot.top + plot.height * (1 - yAxis.shareOf(y)), -height);
  const pixel = (value: number): string => String(Math.round(value * 100) / 100);
  const path = (stretch: readonly Point[]): string => `M${stretch.map(({ x, y }) => `${pixel(placeX(x))},${pixel(placeY(y))}`).join('L')}`;
  const [right, bottom] = [plot.left + plot.width, plot.top + plot.height];
  const label = title === '' ? series.map(({ name }) => name).join(', ') : title;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="${escaped(label)}">`,
    `<style>${STYLE}</style><rect class="paper" width="${width}" height="${height}"/>`,
    title === '' ? '' : `<text class="title" x="${plot.left}" y="20">${escaped(title)}</text>`,
    ...legend.flatMap((row, i) =>
      row.map(({ name, dashed, faint, index, at }) => {
        const y = top - (legend.length - i) * LEGEND_HEIGHT + 8;
        return (
          `<path class="line" stroke="${colourOf(index)}"${dashes(dashed)}${faint === true ? ' opacity="0.35"' : ''} d="M${pixel(plot.left + at)},${y}h18"/>` +
          `<text x="${pixel(plot.left + at + 24)}" y="${y + 4}">${escaped(name)}</text>`
        );
      }),
    ),
    ...yAxis.ticks.map((tick) => {
      const y = pixel(placeY(tick));
      return `<path class="grid" d="M${plot.left},${y}H${right}"/><text x="${plot.left - 8}" y="${y}" dy="4" text-anchor="end">${numberText(tick)}</text>`;
    }),
    ...xAxis.ticks.map((tick) => `<text x="${pixel(placeX(tick))}" y="${bottom + 18}" text-anchor="middle">${numberText(tick)}</text>`),
    `<text x="${right}" y="${height - 8}" text-anchor="end">${escaped(xLabel)}</text>`,
    yLabel === '' ? '' : `<text transform="translate(14 ${pixel(plot.top)}) rotate(-90)" text-anchor="end">${escaped(yLabel)}</text>`,
    `<svg x="${plot.left - 4}" y="${plot.top - 4}" width="${plot.width + 8}" height="${plot.height + 8}" viewBox="${plot.left - 4} ${plot.top - 4} ${plot.width + 8} ${plot.height + 8}">`,
    ...[...series.entries()]
      .toSorted(([, one], [, other]) => Number(other.faint ?? false) - Number(one.faint ?? false))
      .map(([index, { dashed, faint = false }]) => {
        const stretches = stretchesOf(lines[index] ?? []);
        const dots = stretches.filter(({ length }) => length === 1).flat();
        const drawing =
          `<path class="line" stroke="${colourOf(index)}"${dashes(dashed)} d="${stretches.map(path).join('')}"/>` +
          dots.map(({ x, y }) => `<circle fill="${colourOf(index)}" r="3" cx="${pixel(placeX(x))}" cy="${pixel(placeY(y))}"/>`).join('');
        return faint ? `<g opacity="0.35">${drawing}</g>` : drawing;
      }),
    '</svg>',
    ...guides.map(({ y, label: text }) => {
      const at = pixel(placeY(y));
      return `<path class="guide" d="M${plot.left},${at}H${right}"/><text class="over" x="${right}" y="${at}" dy="-5" text-anchor="end">${escaped(text)}</text>`;
    }),
    ...marks.map(({ x, label: text }, i) => {
      const at = placeX(x);
      const [anchor, beside] = at > plot.left + 0.75 * plot.width ? ['end', -5] : ['start', 5];
      const y = plot.top + 14 + 16 * i;
      return `<path class="guide" d="M${pixel(at)},${plot.top}V${bottom}"/><text class="over" x="${pixel(at + beside)}" y="${y}" text-anchor="${anchor}">${escaped(text)}</text>`;
    }),
    drawn.length === 0
      ? `<text x="${plot.left + plot.width / 2}" y="${plot.top + plot.height / 2}" text-anchor="middle">no finite values</text>`
      : '',
    '</svg>',
  ]
    .filter((line) => line !== '')
    .join('\n');
}

const axisOf = (logarithmic: boolean): ((values: readonly number[], count: number) => Axis) => (logarithmic ? logAxis : linearAxis);

const dashes = (dashed = false): string => (dashed ? ' stroke-dasharray="5 5"' : '');

/** The names beside their colours, broken into rows that fit. */
function legendRows(series: readonly ChartSeries[], width: number): (ChartSeries & { index: number; at: number })[][] {
  const rows: (ChartSeries & { index: number; at: number })[][] = [[]];
  let at = 0;
  for (const [index, one] of series.entries()) {
    const needed = 24 + one.name.length * SIGN_WIDTH;
    if (at > 0 && at + needed > width) {
      rows.push([]);
      at = 0;
    }
    rows.at(-1)?.push({ ...one, index, at });
    at += needed + 20;
  }
  return rows;
}
