import type { Experiment, Quantity } from '../experiment.ts';
import type { Result } from '../run/results.ts';
import { isWithinNoise, pairedDifference, type PairedDifference } from '../statistics/paired-difference.ts';
import { summaryOf, type Summary } from '../statistics/summary.ts';

/** What an experiment found, as numbers. */
export interface Report {
  readonly experiment: string;
  readonly question: string;
  readonly command: string;
  readonly made: Made;
  readonly dataSets: readonly DataSetReport[];
  readonly notes: readonly string[];
}

/** How the results came about. */
export interface Made {
  readonly trials: number;
  /** Of training and judging, all trials together. */
  readonly seconds: number;
  readonly processorSeconds: number;
  /** The commits of the code that trained. */
  readonly code: readonly string[];
  /** The machine that wrote the report. */
  readonly machine: string;
}

export interface DataSetReport {
  readonly name: string;
  readonly title: string;
  readonly summary: string;
  readonly seeds: readonly number[];
  readonly arms: readonly ArmReport[];
  readonly differences: readonly Difference[];
}

export interface ArmReport {
  readonly arm: string;
  /** In the order of the experiment's quantities. */
  readonly quantities: readonly (Summary & { readonly quantity: Quantity; /** By seed. */ readonly values: readonly number[] })[];
}

/** An arm less the first one, over pairs of the same seed. */
export interface Difference extends PairedDifference {
  readonly quantity: Quantity;
  readonly arm: string;
  readonly baseline: string;
  readonly withinNoise: boolean;
  /** Pairs whose final weights are the same to the bit: there the arms did not differ at all. */
  readonly samePairs: number;
}

/** Compares the results of all trials of a run. */
export function reportOf(
  experiment: Experiment,
  results: readonly Result[],
  how: { readonly command: string; readonly machine: string },
): Report {
  const { name, question, notes } = experiment;
  const dataSets = experiment.dataSets
    .map((dataSet) => ({ dataSet, own: results.filter(({ trial }) => trial.dataSet === dataSet.name) }))
    .filter(({ own }) => own.length > 0)
    .map(({ dataSet, own }) => ({ name: dataSet.name, title: dataSet.title, ...compare(experiment, own) }));
  return {
    experiment: name,
    question,
    command: how.command,
    made: {
      trials: results.length,
      seconds: results.reduce((sum, { seconds }) => sum + seconds, 0),
      processorSeconds: results.reduce((sum, { processorSeconds }) => sum + processorSeconds, 0),
      code: [...new Set(results.map(({ code }) => code))],
      machine: how.machine,
    },
    dataSets,
    notes,
  };
}

function compare({ arms, quantities }: Experiment, results: readonly Result[]): Omit<DataSetReport, 'name' | 'title'> {
  const [baseline, ...others] = arms;
  const seeds = [...new Set(results.map(({ trial }) => trial.seed))].toSorted((a, b) => a - b);
  const of = (arm: string): readonly Result[] =>
    seeds.flatMap((seed) => results.filter(({ trial }) => trial.arm === arm && trial.seed === seed));
  const values = (arm: string, { name }: Quantity): readonly number[] =>
    of(arm).map(({ outcome }) => outcome.quantities[name] ?? Number.NaN);
  const samePairs = (arm: string): number =>
    of(arm).filter(({ outcome }, pair) => outcome.weights === of(baseline)[pair]?.outcome.weights).length;
  return {
    summary: results[0]?.trial.plan.summary ?? '',
    seeds,
    arms: arms.map((arm) => ({
      arm,
      quantities: quantities.map((quantity) => ({ quantity, ...summaryOf(values(arm, quantity)), values: values(arm, quantity) })),
    })),
    differences: others.flatMap((arm) =>
      quantities.map((quantity) => {
        const difference = pairedDifference(values(baseline, quantity), values(arm, quantity));
        return { quantity, arm, baseline, ...difference, withinNoise: isWithinNoise(difference), samePairs: samePairs(arm) };
      }),
    ),
  };
}
