import { plainMessage } from '@downhill/core';
import {
  accuracyMeter,
  callbackSink,
  curveDoctor,
  diagnose,
  epochMeter,
  gradientNormMeter,
  lossMeter,
  meters,
  scheduleMeter,
  throughputMeter,
  updateRatioMeter,
  type Reading,
} from '@downhill/diagnostics';
import type { Hook } from '@downhill/training';
import { CLASSES } from '../../recipe/mnist.ts';
import type { Verdict } from './run-record.ts';

export interface RunWatcher {
  reading(reading: Reading): void;
  /** After each epoch. */
  verdict(verdict: Verdict): void;
  /** A meter failed and is switched off; the run goes on. */
  problem(text: string): void;
}

const EVERY = 5; // steps

/** What looks on: the meters of the charts, and the doctor, who reads the curves after each epoch. */
export function watchRun({ reading, verdict, problem }: RunWatcher): readonly Hook[] {
  const list = [
    lossMeter({ beta: 0.9 }),
    accuracyMeter(),
    epochMeter(),
    scheduleMeter({ names: ['learningRate'] }),
    gradientNormMeter({ perTensor: false }),
    updateRatioMeter(),
    throughputMeter(),
  ];
  const doctor = curveDoctor({ classes: CLASSES, lossFunction: 'crossEntropy', onFinding: () => {} });
  const consult: Hook = {
    kind: 'hook',
    name: 'consult',
    onEpoch({ epoch }) {
      const curves = doctor.curves();
      if (curves === undefined) return;
      const { finding, confidence, symptom, advice } = diagnose(curves);
      verdict({ finding, confidence, symptom, advice, epochs: epoch });
    },
  };
  const sink = callbackSink(reading, { name: 'page' });
  return [meters(list, { every: EVERY, sinks: [sink], onProblem: ({ error }) => problem(plainMessage(error)) }), doctor, consult];
}
