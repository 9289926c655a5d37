import { differenceText, intervalText, spreadText, timeOf } from './numbers.ts';
import type { DataSetReport, Report } from './report.ts';
import { table } from './table.ts';

/** How a README shows it. */
export interface Shown {
  /** How many quantities its table has. */
  readonly columns: number;
  /** As Markdown. */
  readonly pictures: readonly string[];
  /** Where the whole report is, relative to the README. */
  readonly details: string;
}

/** What a README shows of a report: the pictures, the arms of the first data set with their difference to the first arm, how it was made. */
export function readmeSection({ question, command, made }: Report, dataSet: DataSetReport, { columns, pictures, details }: Shown): string {
  const { summary, seeds } = dataSet;
  const how = `\`${command}\` made this in ${timeOf(made)} on ${made.machine}: ${summary}, ${seeds.length} seeds, ± is their standard deviation. [All numbers, and how it was done](${details}).`;
  return [question, ...pictures, armsTable(dataSet, columns), how].join('\n\n');
}

function armsTable({ arms, differences }: DataSetReport, columns: number): string {
  const baseline = arms[0]?.arm ?? '';
  const shown = arms[0]?.quantities.slice(0, columns).map(({ quantity }) => quantity.name) ?? [];
  const [main] = shown;
  return table(
    ['', ...shown, `against ${baseline} (95 % interval)`],
    arms.map(({ arm, quantities }) => {
      const found = differences.find((difference) => difference.arm === arm && difference.quantity.name === main);
      return [
        arm,
        ...quantities.slice(0, columns).map(({ quantity, mean, standardDeviation }) => spreadText(quantity, mean, standardDeviation)),
        found === undefined ? '' : `${differenceText(found.quantity, found.mean)} (${intervalText(found.quantity, found)})`,
      ];
    }),
  );
}
