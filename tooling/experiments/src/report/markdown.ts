import { differenceText, intervalText, spreadText, timeOf, valueText } from './numbers.ts';
import type { DataSetReport, Difference, Report } from './report.ts';
import { sentence } from './sentence.ts';
import { table } from './table.ts';

/** A report as Markdown whose tables can be read as they are. */
export function markdown({ experiment, question, command, made, dataSets, notes }: Report): string {
  const how = `${made.trials} trainings, ${timeOf(made)}, code ${made.code.join(' and ')}, ${made.machine}.`;
  return [
    `# ${experiment}`,
    question,
    bullets(dataSets.flatMap(sentences)),
    `Made by\n\n    ${command}\n\n${how}`,
    ...dataSets.map(section),
    `## How it was done`,
    bullets([...notes, ...HOW_TO_READ]),
  ]
    .join('\n\n')
    .concat('\n');
}

const HOW_TO_READ = [
  '± is the standard deviation over the seeds; the interval is the paired t interval of the mean difference. It says how large a difference these seeds cannot exclude, not that there is none.',
  'Of intervals at 95 %, one in twenty misses zero by chance alone. The seeds change the initial weights and the order of the pictures, never which pictures are held out.',
];

const bullets = (lines: readonly string[]): string => lines.map((line) => `- ${line}`).join('\n');

/** A sentence for each comparison of the main quantity. */
function sentences(dataSet: DataSetReport): readonly string[] {
  const main = dataSet.arms[0]?.quantities[0]?.quantity;
  return dataSet.differences.filter(({ quantity }) => quantity === main).map((difference) => sentence(dataSet, difference));
}

function section(dataSet: DataSetReport): string {
  const { title, summary, seeds } = dataSet;
  return [`## ${title}`, `${summary}, ${seeds.length} seeds.`, armsTable(dataSet), differencesTable(dataSet), seedsTable(dataSet)].join(
    '\n\n',
  );
}

function armsTable({ arms }: DataSetReport): string {
  const names = arms[0]?.quantities.map(({ quantity }) => quantity.name) ?? [];
  return table(
    ['', ...names],
    arms.map(({ arm, quantities }) => [
      arm,
      ...quantities.map(({ quantity, mean, standardDeviation }) => spreadText(quantity, mean, standardDeviation)),
    ]),
  );
}

function differencesTable({ differences }: DataSetReport): string {
  const row = (difference: Difference): readonly string[] => {
    const { quantity, arm, baseline, mean, standardError, withinNoise } = difference;
    return [
      `${quantity.name}: ${arm} − ${baseline}`,
      differenceText(quantity, mean),
      differenceText(quantity, standardError),
      intervalText(quantity, difference),
      withinNoise ? 'yes' : 'no',
    ];
  };
  return table(['paired difference', 'mean', 'standard error', '95 % interval', 'within the noise'], differences.map(row));
}

/** The main quantity, a row a seed. */
function seedsTable({ arms, seeds }: DataSetReport): string {
  const rows = seeds.map((seed, index) => [
    String(seed),
    ...arms.map(({ quantities: [main] }) => (main === undefined ? '' : valueText(main.quantity, main.values[index] ?? Number.NaN))),
  ]);
  return table([`${arms[0]?.quantities[0]?.quantity.name ?? ''} by seed`, ...arms.map(({ arm }) => arm)], rows);
}
