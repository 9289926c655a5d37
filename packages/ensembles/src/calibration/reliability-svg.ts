import { checkNumber, complete } from '@downhill/core';
import { escaped } from '@downhill/core/page';
import type { Bin } from './bins.ts';
import type { ReliabilityDiagram } from './reliability-diagram.ts';

/** Options of {@link reliabilitySvg}. */
export interface ReliabilitySvgOptions {
  /** Written above the plot, and read out by screen readers. @defaultValue 'Reliability diagram' */
  title?: string;
  /** Width in pixels, at least 160; all else grows with it. @defaultValue 366 */
  width?: number;
}

/** In units of the drawing: the plot is a square, the histogram lies below it. */
const PLOT = { left: 58, top: 34, side: 290, below: 22, histogram: 64 };
const SIZE = { width: 366, height: PLOT.top + PLOT.side + PLOT.below + PLOT.histogram + 80 };
/** Dark enough on white to be told apart by anyone: from the palette of Okabe & Ito 2008. */
const COLOURS = { bar: '#0072b2', over: '#d55e00', under: '#009e73', line: '#555', grid: '#e4e4e4', text: '#222' };
const ACCURACY_LINE = `stroke="${COLOURS.text}"`;
const CONFIDENCE_LINE = `stroke="${COLOURS.over}" stroke-dasharray="3 3"`;

const n = (value: number): string => String(Number(value.toFixed(2)));
const x = (share: number): number => PLOT.left + share * PLOT.side;
const y = (share: number): number => PLOT.top + (1 - share) * PLOT.side;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

/**
 * A reliability diagram as a picture of its own: a bar and a line a bin up to its accuracy, the gap to its mean confidence shaded (one colour where
 * the model is too sure, another where it could be surer), the diagonal, the share of examples in each bin below, and the ECE in a corner. Nothing is
 * loaded from elsewhere; the title and the numbers are there for screen readers.
 *
 * @example
 * const diagram = reliabilityDiagram(outputsFrom([[0.25, 0.75], [0.75, 0.25]]), [1, 1]);
 * reliabilitySvg(diagram).startsWith('<svg'); // true
 *
 * @throws DownhillError `invalid-argument`
 */
export function reliabilitySvg(diagram: ReliabilityDiagram, options: ReliabilitySvgOptions = {}): string {
  const { title, width } = complete('reliabilitySvg', options, { title: 'Reliability diagram', width: SIZE.width });
  checkNumber('reliabilitySvg', { width }, { min: 160 });
  const filled = diagram.bins.filter(({ count }) => count > 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${n(width)}" height="${n((width / SIZE.width) * SIZE.height)}" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="system-ui, 'DejaVu Sans', sans-serif" font-size="11" fill="${COLOURS.text}">`,
    `<title>${escaped(title)}</title>`,
    `<desc>${description(diagram)}</desc>`,
    `<rect width="${SIZE.width}" height="${SIZE.height}" fill="#fff"/>`,
    `<text x="${x(0.5)}" y="21" font-size="14" font-weight="600" text-anchor="middle">${escaped(title)}</text>`,
    ...grid(),
    ...filled.flatMap(bar),
    `<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="#fff" stroke-width="3" stroke-opacity="0.7"/>`,
    `<path d="M${x(0)} ${y(0)}L${x(1)} ${y(1)}" stroke="${COLOURS.line}" stroke-width="1.5" stroke-dasharray="5 4"/>`,
    frame(PLOT.top, PLOT.side),
    ...corner(diagram),
    ...histogram(filled, diagram),
    ...legend(diagram),
    '</svg>',
  ].join('\n');
}

const description = ({ ece, accuracy, confidence, examples, bins }: ReliabilityDiagram): string =>
  `Of ${examples} examples ${percent(accuracy)} are right at a mean confidence of ${percent(confidence)}; expected calibration error ${percent(ece)} over ${bins.length} bins.`;

const frame = (top: number, height: number): string =>
  `<rect x="${PLOT.left}" y="${n(top)}" width="${PLOT.side}" height="${n(height)}" fill="none" stroke="${COLOURS.line}"/>`;

const TICKS = [0, 0.2, 0.4, 0.6, 0.8, 1];

function grid(): readonly string[] {
  return [
    ...TICKS.map((tick) => `<path d="M${n(x(0))} ${n(y(tick))}H${n(x(1))}M${n(x(tick))} ${n(y(0))}V${n(y(1))}" stroke="${COLOURS.grid}"/>`),
    ...TICKS.map((tick) => `<text x="${PLOT.left - 7}" y="${n(y(tick) + 4)}" text-anchor="end">${tick}</text>`),
    sideways('accuracy', PLOT.top + PLOT.side / 2),
  ];
}

const sideways = (text: string, middle: number): string =>
  `<text transform="translate(14 ${n(middle)}) rotate(-90)" text-anchor="middle">${text}</text>`;

function box(lower: number, upper: number, from: number, to: number, style: string): string {
  const [left, right] = [x(lower) + 0.5, x(upper) - 0.5];
  return `<rect x="${n(left)}" y="${n(y(Math.max(from, to)))}" width="${n(Math.max(right - left, 0.5))}" height="${n(Math.abs(to - from) * PLOT.side)}" ${style}/>`;
}

function bar({ lower, upper, accuracy, confidence }: Bin): readonly string[] {
  const gap = confidence > accuracy ? COLOURS.over : COLOURS.under;
  return [
    box(lower, upper, 0, Math.min(accuracy, confidence), `fill="${COLOURS.bar}"`),
    box(lower, upper, accuracy, confidence, `fill="${gap}" fill-opacity="0.3"`),
    `<path d="M${n(x(lower) + 0.5)} ${n(y(accuracy))}H${n(x(upper) - 0.5)}" stroke="${COLOURS.bar}" stroke-width="2"/>`,
  ];
}

const corner = ({ ece, mce }: ReliabilityDiagram): readonly string[] => [
  `<rect x="${x(0) + 8}" y="${y(1) + 8}" width="80" height="40" rx="3" fill="#fff" fill-opacity="0.9" stroke="${COLOURS.grid}"/>`,
  `<text x="${x(0) + 16}" y="${y(1) + 24}" font-weight="600">ECE ${percent(ece)}</text>`,
  `<text x="${x(0) + 16}" y="${y(1) + 40}">MCE ${percent(mce)}</text>`,
];

/** What the lines and colours stand for, below everything. */
function legend({ accuracy, confidence }: ReliabilityDiagram): readonly string[] {
  const entries = [
    [`stroke-width="1.5" ${ACCURACY_LINE}`, `accuracy ${percent(accuracy)}`],
    [`stroke-width="1.5" ${CONFIDENCE_LINE}`, `confidence ${percent(confidence)}`],
    [`stroke-width="9" stroke-opacity="0.3" stroke="${COLOURS.over}"`, 'too sure'],
    [`stroke-width="9" stroke-opacity="0.3" stroke="${COLOURS.under}"`, 'not sure enough'],
  ];
  return entries.map(([style, text], i) => {
    const [left, top] = [PLOT.left + 22 + 140 * (i % 2), SIZE.height - 24 + 16 * Math.floor(i / 2)];
    return `<g transform="translate(${left} ${top})"><path d="M0 -4H16" ${style}/><text x="22">${text}</text></g>`;
  });
}

/** The share of the examples in each bin, as high as the fullest. */
function histogram(bins: readonly Bin[], { accuracy, confidence, examples }: ReliabilityDiagram): readonly string[] {
  const top = PLOT.top + PLOT.side + PLOT.below;
  const bottom = top + PLOT.histogram;
  const most = Math.max(...bins.map(({ count }) => count / examples));
  const height = (share: number): number => (share / most) * (PLOT.histogram - 4);
  const line = (at: number, style: string): string => `<path d="M${n(x(at))} ${top}V${bottom}" stroke-width="1.5" ${style}/>`;
  return [
    ...bins.map(({ lower, upper, count }) => {
      const tall = height(count / examples);
      return `<rect x="${n(x(lower) + 0.5)}" y="${n(bottom - tall)}" width="${n(Math.max(x(upper) - x(lower) - 1, 0.5))}" height="${n(tall)}" fill="${COLOURS.bar}" fill-opacity="0.45"/>`;
    }),
    line(accuracy, ACCURACY_LINE),
    line(confidence, CONFIDENCE_LINE),
    frame(top, PLOT.histogram),
    `<text x="${PLOT.left - 7}" y="${top + 10}" text-anchor="end">${Math.round(100 * most)} %</text>`,
    `<text x="${PLOT.left - 7}" y="${bottom}" text-anchor="end">0</text>`,
    sideways('examples', top + PLOT.histogram / 2),
    ...TICKS.map((tick) => `<text x="${n(x(tick))}" y="${bottom + 15}" text-anchor="middle">${tick}</text>`),
    `<text x="${x(0.5)}" y="${bottom + 32}" text-anchor="middle">confidence</text>`,
  ];
}
