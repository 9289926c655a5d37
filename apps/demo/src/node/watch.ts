import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  curveDoctor,
  diagnose,
  accuracyMeter,
  aucMeter,
  confusionMeter,
  distanceMeter,
  epochMeter,
  f1Meter,
  gradientNormMeter,
  histogramMeter,
  lossMeter,
  memoryMeter,
  meters,
  nonFiniteMeter,
  readJsonLines,
  scheduleMeter,
  throughputMeter,
  updateRatioMeter,
  weightNormMeter,
  type Diagnosis,
  type Meter,
  type Reading,
  type Sink,
} from '@downhill/diagnostics';
import { htmlReportFile, jsonLinesFile, saveOutcome, tensorBoardFolder } from '@downhill/diagnostics/node';
import type { ReportMistake, RunOutcome } from '@downhill/diagnostics/report';
import type { Hook } from '@downhill/training';
import type { RecipeConfig } from '../recipe/config.ts';
import { CLASSES, SIDE, type Mnist } from '../recipe/mnist.ts';
import type { RecipeResult } from '../recipe/run-recipe.ts';

/** What looks on while a run goes on, and what it writes. */
export interface WatchOptions {
  /** Whether everything is measured that costs no pass, or loss, epochs and learning rate alone. */
  readonly meters: boolean;
  /** `readings.jsonl`. */
  readonly log: boolean;
  /** `tensorboard/`. */
  readonly tensorboard: boolean;
  /** `report.html`. */
  readonly report: boolean;
  /** Whether the curves are read, and what they say is told. */
  readonly doctor: boolean;
}

/** Looks on; whatever fails in it ends no run. */
export interface Watch {
  readonly hooks: readonly Hook[];
  /** Writes what the run came to. @returns what to tell of it, in lines */
  finish(result: RecipeResult, data: Mnist): Promise<readonly string[]>;
}

const EVERY = 10; // steps
const HISTOGRAMS_EVERY = 100; // of seventy numbers each
const FEW: readonly Meter[] = [lossMeter(), epochMeter(), scheduleMeter({ names: ['learningRate'] })];
const OF_VALIDATION = { of: 'validation' } as const;
const MORE: readonly Meter[] = [
  accuracyMeter(),
  confusionMeter(OF_VALIDATION),
  f1Meter(OF_VALIDATION),
  aucMeter(OF_VALIDATION),
  gradientNormMeter(),
  updateRatioMeter(),
  weightNormMeter(),
  distanceMeter(),
  { ...histogramMeter(), every: HISTOGRAMS_EVERY },
  { ...histogramMeter({ of: 'gradients' }), every: HISTOGRAMS_EVERY },
  throughputMeter(),
  memoryMeter(),
  nonFiniteMeter(),
];

/** @param say Takes a line. */
export function watch(folder: string, name: string, config: RecipeConfig, options: WatchOptions, say: (line: string) => void): Watch {
  let outcome: RunOutcome = {};
  const readings = join(folder, 'readings.jsonl');
  const page = join(folder, 'report.html');
  const report = htmlReportFile(page, { before: readingsIn(readings), outcome: () => outcome });
  const sinks = [
    ...(options.log ? [jsonLinesFile(readings)] : []),
    ...(options.tensorboard ? [tensorBoardFolder(join(folder, 'tensorboard'))] : []),
    ...(options.report ? [keptOpen(report)] : []),
  ];
  const list = options.meters ? [...FEW, ...MORE] : FEW;
  const doctor = curveDoctor({
    classes: CLASSES,
    lossFunction: 'crossEntropy',
    onFinding: (diagnosis, { epoch, epochs }) => {
      if (epoch < epochs) say(`doctor, after epoch ${epoch}: ${verdict(diagnosis)}. ${diagnosis.advice}`);
    },
  });
  const run = { name, settings: { ...config } };
  const looksOn = sinks.length > 0 ? [meters(list, { every: EVERY, sinks, run, onProblem: ({ error }) => say(error.message) })] : [];
  return {
    hooks: [...looksOn, ...(options.doctor ? [doctor] : [])],
    async finish(result, data) {
      try {
        const curves = options.doctor ? doctor.curves() : undefined;
        const diagnosis = curves && diagnose(curves);
        outcome = {
          ends: endsOf(result),
          mistakes: mistakesIn(result, data),
          findings: diagnosis === undefined ? [] : [findingOf(diagnosis)],
        };
        if (options.log) saveOutcome(folder, outcome);
        if (options.report) await report.close?.();
        return [...(diagnosis === undefined ? [] : [`doctor: ${verdict(diagnosis)}`]), ...(options.report ? [`report: ${page}`] : [])];
      } catch (error) {
        return [`no report: ${error instanceof Error ? error.message : String(error)}`];
      }
    },
  };
}

/** A page that is not written at the end of the training, but when all is judged. */
const keptOpen = (sink: Sink): Sink => ({ ...sink, close: () => {} });

/** What was read before, where a run goes on. */
function readingsIn(file: string): readonly Reading[] {
  try {
    return readJsonLines(readFileSync(file, 'utf8'), file).readings;
  } catch {
    return []; // a new run, or a file that cannot be read: the page then begins here
  }
}

const verdict = ({ finding, confidence, symptom }: Diagnosis): string =>
  `${finding.replaceAll('_', ' ')} (${Math.round(100 * confidence)} %): ${symptom}`;

const findingOf = (diagnosis: Diagnosis): NonNullable<RunOutcome['findings']>[number] => ({
  summary: verdict(diagnosis),
  evidence: diagnosis.explanation,
  advice: diagnosis.advice,
});

function endsOf({ chosen, candidates, hash }: RecipeResult): NonNullable<RunOutcome['ends']> {
  const accuracies = candidates.map(({ name, test }) => [`test accuracy, ${name}`, test.accuracy]);
  return {
    'test accuracy': chosen.test.accuracy,
    chosen: chosen.name,
    ...Object.fromEntries(accuracies),
    'sha256 of the weights': `${hash.slice(0, 12)}…`,
  };
}

function mistakesIn({ mistakes }: RecipeResult, { test }: Mnist): readonly ReportMistake[] {
  return mistakes.map(({ index, digit, answer, confidence }) => ({
    image: {
      width: SIDE,
      height: SIDE,
      channels: 1,
      pixels: Uint8Array.from(test.xs.values.subarray(index * SIDE * SIDE, (index + 1) * SIDE * SIDE)),
    },
    label: String(digit),
    prediction: String(answer),
    confidence,
  }));
}
