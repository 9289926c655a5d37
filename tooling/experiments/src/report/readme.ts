import { differenceText, intervalText, spreadText, timeOf } from './numbers.ts';
import type { DataSetReport, Report } from './report.ts';
import { table } from './table.ts';

/** What a README shows of a report: how it was made, the arms of the first data set with their difference to the first arm, the chart. */
export function readmeSection({ experiment, question, command, made }: Report, dataSet: DataSetReport, links: Links): string {
  const { summary, seeds, arms } = dataSet;
  const baseline = arms[0]?.arm ?? '';
  const how = `\`${command}\` made this in ${timeOf(made)} on ${made.machine}: ${summary}, ${seeds.length} seeds, ± is their standard deviation. [All numbers, and how it was done](${links.report}).`;
  return [question, `![${experiment}: the arms compared](${links.chart})`, armsTable(dataSet, baseline), how].join('\n\n');
}

/** Relative to the README. */
export interface Links {
  readonly chart: string;
  readonly report: string;
}

function armsTable({ arms, differences }: DataSetReport, baseline: string): string {
  const shown = arms[0]?.quantities.slice(0, 2).map(({ quantity }) => quantity.name) ?? [];
  const [main] = shown;
  return table(
    ['', ...shown, `against ${baseline} (95 % interval)`],
    arms.map(({ arm, quantities }) => {
      const found = differences.find((difference) => difference.arm === arm && difference.quantity.name === main);
      return [
        arm,
        ...quantities.slice(0, 2).map(({ quantity, mean, standardDeviation }) => spreadText(quantity, mean, standardDeviation)),
        found === undefined ? '' : `${differenceText(found.quantity, found.mean)} (${intervalText(found.quantity, found)})`,
      ];
    }),
  );
}
