import { log } from '@downhill/core/math';
import { escaped, ticks, type Scale } from './ticks.ts';

export interface ChartLine {
  readonly name: string;
  /** Places that are not finite leave a gap. */
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly faint?: boolean;
}

export interface Chart {
  readonly title: string;
  readonly x: { readonly label: string; readonly scale: Scale };
  /** What is above `most` is cut off. */
  readonly y: { readonly label: string; readonly most: number };
  readonly lines: readonly ChartLine[];
  /** Places on the x axis with a name. */
  readonly marks?: readonly { readonly name: string; readonly at: number }[];
}

/** Told apart by readers with any colour sight: Okabe & Ito 2008. */
const COLOURS = ['#0072b2', '#009e73', '#d55e00', '#cc79a7', '#e69f00', '#56b4e9'];
const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [640, 400, 64, 20, 56, 48];

/** A chart of lines as an SVG text. */
export function lineChart({ lines, marks = [], title, x, y }: Chart): string {
  const seen = lines.flatMap(({ points }) => points).filter((point) => point.every(Number.isFinite));
  const across = axis(
    seen.map(([at]) => at),
    x.scale,
    Infinity,
  );
  const up = axis(
    seen.map(([, value]) => value),
    'linear',
    y.most,
  );
  const px = (at: number): number => LEFT + across.share(at) * (WIDTH - LEFT - RIGHT);
  const py = (value: number): number => HEIGHT - BOTTOM - up.share(value) * (HEIGHT - TOP - BOTTOM);
  const colourOf = (i: number): string => COLOURS[i % COLOURS.length] ?? '#000';
  const grid = [
    ...across.ticks.map(({ at, text }) => [
      path(`M${round(px(at))},${TOP}V${HEIGHT - BOTTOM}`, '#ddd'),
      label(px(at), HEIGHT - BOTTOM + 16, text, 'middle'),
    ]),
    ...up.ticks.map(({ at, text }) => [
      path(`M${LEFT},${round(py(at))}H${WIDTH - RIGHT}`, '#ddd'),
      label(LEFT - 6, py(at) + 4, text, 'end'),
    ]),
  ].flat();
  const drawn = lines.map((line, i) => path(course(line, px, py), colourOf(i), line.faint === true ? 0.35 : 1)).reverse();
  const marked = marks.flatMap(({ at, name }, i) => [
    `<path d="M${round(px(at))},${TOP}V${HEIGHT - BOTTOM}" stroke="#333" stroke-dasharray="4 3" fill="none"/>`,
    label(px(at) + 4, HEIGHT - BOTTOM - 10 - 15 * i, `${name}: ${Number(at.toPrecision(2))}`, px(at) > 0.75 * WIDTH ? 'end' : 'start'),
  ]);
  const legend = lines.map(({ name }, i) => {
    const at = LEFT + (i * (WIDTH - LEFT - RIGHT)) / lines.length;
    return path(`M${round(at)},40h16`, colourOf(i)) + label(at + 22, 44, name, 'start');
  });
  const texts = [
    label(LEFT, 22, title, 'start', 'font-size="15" font-weight="bold"'),
    label((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 10, x.label, 'middle'),
    label(16, (TOP + HEIGHT - BOTTOM) / 2, y.label, 'middle', `transform="rotate(-90 16 ${(TOP + HEIGHT - BOTTOM) / 2})"`),
  ];
  const frame = `<clipPath id="frame"><rect x="${LEFT}" y="${TOP}" width="${WIDTH - LEFT - RIGHT}" height="${HEIGHT - TOP - BOTTOM}"/></clipPath>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(title)}" font-family="sans-serif" font-size="12">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#fff"/>`,
    frame,
    ...grid,
    `<g clip-path="url(#frame)">${drawn.join('')}</g>`,
    ...marked,
    ...legend,
    ...texts,
    '</svg>',
  ].join('\n');
}

interface Axis {
  /** Where a value lies: 0 at the least, 1 at the most. */
  readonly share: (value: number) => number;
  readonly ticks: readonly { readonly at: number; readonly text: string }[];
}

function axis(values: readonly number[], scale: Scale, limit: number): Axis {
  const of = scale === 'logarithmic' ? log : (value: number): number => value;
  const least = values.reduce((a, b) => Math.min(a, b), scale === 'linear' ? 0 : Infinity);
  const most = Math.min(
    limit,
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  );
  const [from, to] = Number.isFinite(least) && most > least ? [least, most] : [scale === 'linear' ? 0 : 1, 10];
  return { share: (value) => (of(value) - of(from)) / (of(to) - of(from)), ticks: ticks(from, to, scale) };
}

/** The line's path: a new piece begins after a gap. */
function course({ points }: ChartLine, px: (x: number) => number, py: (y: number) => number): string {
  let pen = false;
  const parts = points.map(([x, y]) => {
    if (!Number.isFinite(x) || !Number.isFinite(y)) {
      pen = false;
      return '';
    }
    const command = `${pen ? 'L' : 'M'}${round(px(x))},${round(Math.max(py(y), -HEIGHT))}`;
    pen = true;
    return command;
  });
  return parts.join('');
}

const round = (value: number): number => Math.round(10 * value) / 10;

const path = (d: string, stroke: string, opacity = 1): string =>
  `<path d="${d}" stroke="${stroke}" stroke-width="${stroke === '#ddd' ? 1 : 2}" stroke-opacity="${opacity}" fill="none"/>`;

const label = (x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end', more = ''): string =>
  `<text x="${round(x)}" y="${round(y)}" text-anchor="${anchor}" fill="#222" ${more}>${escaped(text)}</text>`;
