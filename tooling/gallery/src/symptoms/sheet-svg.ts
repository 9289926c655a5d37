import { escaped } from '@downhill/core/page';
import { chartSvg, type ChartSeries, type ChartSvgOptions, type CurveValue, type Diagnosis } from '@downhill/diagnostics';
import type { Symptom, SymptomRun } from './symptom.ts';
import { wrapped } from './wrapped.ts';

const [WIDTH, MARGIN, CHARTS, CHART_HEIGHT, LINE] = [880, 16, 82, 228, 18];
const PANELS = { loss: 324, accuracy: 288, rate: 236 } as const;
const SIGNS = 120; // of 13 pixels, in a line
/** A loss that grew this many times is drawn in powers of ten. */
const HUGE = 100;

const STYLE = `.paper{fill:#ffffff}.ink{fill:#1f2328}.quiet{fill:#57606a}.name{fill:#1f2328;font:600 17px system-ui,sans-serif}
.words{font:13px system-ui,sans-serif}.verdict{font-weight:600}.rule{fill:#0969da}
@media(prefers-color-scheme:dark){.paper{fill:#0d1117}.ink,.name{fill:#f0f6fc}.quiet{fill:#9198a1}.rule{fill:#4493f8}}`;

/** A run's curves and learning rate, and what the doctor says of them: an SVG picture. */
export function sheetSvg({ title, provoked }: Symptom, run: SymptomRun, { finding, confidence, explanation, advice }: Diagnosis): string {
  const verdict = `The doctor: ${finding}, ${Math.round(100 * confidence)} % sure`;
  const said = [
    ...wrapped(explanation, SIGNS).map((line) => ['quiet', line] as const),
    ...wrapped(advice, SIGNS).map((line) => ['ink', line] as const),
  ];
  const top = CHARTS + CHART_HEIGHT + 22;
  const height = top + said.length * LINE + 18;
  const words = (style: string, y: number, line: string): string =>
    `<text class="words ${style}" x="${MARGIN + 12}" y="${y}">${escaped(line)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${escaped(`${title}. ${verdict}`)}">`,
    charts(run),
    `<style>${STYLE}</style>`,
    `<text class="name" x="${MARGIN}" y="28">${escaped(title)}</text>`,
    `<text class="words ink" x="${MARGIN}" y="50">${escaped(provoked)}</text>`,
    `<text class="words quiet" x="${MARGIN}" y="68">${escaped(`${run.how}.`)}</text>`,
    `<rect class="rule" x="${MARGIN}" y="${top - 13}" width="3" height="${said.length * LINE + 17}"/>`,
    words('ink verdict', top, verdict),
    ...said.map(([style, line], i) => words(style, top + (i + 1) * LINE, line)),
    '</svg>\n',
  ].join('\n');
}

function charts({ train_loss, val_loss = [], train_acc = [], val_acc = [], lr = [], initial_loss }: SymptomRun): string {
  const from = (first: CurveValue | undefined): Pick<ChartSeries, 'x' | 'y'> =>
    typeof first === 'number' ? { x: [0, ...train_loss.map((_, i) => i + 1)], y: [first, ...train_loss] } : { y: train_loss };
  const most = Math.max(...train_loss.filter((loss) => loss !== null));
  const logY = typeof initial_loss === 'number' && most > HUGE * initial_loss;
  return [
    `<rect class="paper" width="${WIDTH}" height="100%"/>`,
    chart(
      0,
      PANELS.loss,
      [
        { name: 'training', ...from(initial_loss) },
        { name: 'validation', y: val_loss },
      ],
      { title: 'Loss', logY },
    ),
    chart(
      PANELS.loss,
      PANELS.accuracy,
      [
        { name: 'training', y: train_acc },
        { name: 'validation', y: val_acc },
      ],
      { title: 'Accuracy' },
    ),
    chart(PANELS.loss + PANELS.accuracy, PANELS.rate, [{ name: 'each epoch', y: lr }], { title: 'Learning rate' }),
  ].join('\n');
}

const chart = (left: number, width: number, series: readonly ChartSeries[], options: ChartSvgOptions): string =>
  chartSvg(series, { ...options, width, height: CHART_HEIGHT }).replace('<svg ', `<svg x="${left + MARGIN}" y="${CHARTS}" `);
