import { machineText, table } from '../report/table.ts';
import { BUDGETS, type TuningReport, type TuningRow, type Verdict } from './result.ts';

/** A report as text, for people. */
export function tuningText({ machine, seeds, rows, verdicts }: TuningReport): string {
  return [
    `tuning: the best value after ${BUDGETS.join(' and ')} trials, medians of ${seeds} seeds, lower is better`,
    machineText(machine),
    valuesText(rows),
    'p, of the one-sided Mann-Whitney U test, that ours is worse (not worse: above 0.01) or better (better: at most 0.01)',
    verdictsText(verdicts),
  ].join('\n\n');
}

function valuesText(rows: readonly TuningRow[]): string {
  const [first, second] = BUDGETS;
  const lines = rows
    .filter(({ trials }) => trials === first)
    .map((row) => {
      const later = rows.find(({ problem, searcher, trials }) => problem === row.problem && searcher === row.searcher && trials === second);
      return [row.problem, row.searcher, ...[row, later].flatMap(cells), row.secondsPerStudy.toFixed(2)];
    });
  return table(['problem', 'searcher', `after ${first}`, 'quartiles', `after ${second}`, 'quartiles', 's a study'], lines);
}

const cells = (row: TuningRow | undefined): readonly string[] =>
  row === undefined ? ['', ''] : [short(row.median), row.quartiles.map(short).join(' to ')];

const short = (value: number): string => value.toPrecision(4);

function verdictsText(verdicts: readonly Verdict[]): string {
  const lines = verdicts.map(({ problem, trials, subject, peer, claim, p, reached }) => [
    problem,
    String(trials),
    `${subject} ${claim} than ${peer}`,
    p.toPrecision(2),
    reached ? 'reached' : 'not reached',
  ]);
  return table(['problem', 'trials', 'claim', 'p', 'verdict'], lines);
}
