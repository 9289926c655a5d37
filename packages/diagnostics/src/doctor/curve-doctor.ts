import { checkNumber, complete, type RunPosition, type TrainingHook } from '@downhill/core';
import type { Curves, CurveValue } from '../curves.ts';
import { diagnose, type Diagnosis } from './diagnose.ts';

/** Options of {@link curveDoctor}. */
export interface CurveDoctorOptions {
  /** Number of classes, for the loss of guessing. @defaultValue not known */
  readonly classes?: number | undefined;
  /** @defaultValue not known */
  readonly lossFunction?: 'crossEntropy' | 'meanSquaredError' | undefined;
  /** Epochs before which it says nothing. @defaultValue 5 */
  readonly from?: number;
  /** What it is less sure of than this it keeps to itself. @defaultValue 0.6 */
  readonly confidence?: number;
  /** Hears of a finding when it is another than the last one told, and of the whole run's at its end. */
  readonly onFinding: (diagnosis: Diagnosis, position: RunPosition) => void;
}

/** The curve doctor as a hook. */
export interface CurveDoctor extends TrainingHook {
  /** The epochs seen so far, as {@link diagnose} takes them; undefined before the first. */
  curves(): Curves | undefined;
}

interface Epoch {
  readonly loss: CurveValue;
  readonly validationLoss: CurveValue;
  readonly accuracy: CurveValue;
  readonly validationAccuracy: CurveValue;
  readonly rate: CurveValue;
}

const value = (number: number | undefined): CurveValue => (number !== undefined && Number.isFinite(number) ? number : null);
const given = (series: readonly CurveValue[]): series is readonly CurveValue[] => series.some((each) => each !== null);

/**
 * Watches a run with {@link diagnose}: reads `loss`, `accuracy`, `val_loss`, `val_accuracy` of each epoch and the scalar `learningRate`
 * of its steps; the first batch's loss stands for the one before the first step. While the run goes on it keeps quiet about a run that
 * is fine or merely not finished. It costs no pass.
 *
 * @example
 * const told = [];
 * const doctor = curveDoctor({ classes: 10, lossFunction: 'crossEntropy', onFinding: ({ finding }) => told.push(finding) });
 * doctor.name; // 'curveDoctor'
 *
 * @throws DownhillError `invalid-argument` for an option out of its range.
 */
export function curveDoctor(options: CurveDoctorOptions): CurveDoctor {
  const { classes, lossFunction, from, confidence, onFinding } = complete('curveDoctor', options, {
    classes: undefined,
    lossFunction: undefined,
    from: 5,
    confidence: 0.6,
    onFinding: () => {},
  });
  checkNumber('curveDoctor', { from }, { min: 1, integer: true });
  checkNumber('curveDoctor', { confidence }, { min: 0, max: 1 });
  let epochs: Epoch[] = [];
  let initial: number | null = null;
  let rate: number | undefined;
  let told: string | undefined;

  const curves = (): Curves | undefined => {
    if (epochs.length === 0) return undefined;
    const column = (name: keyof Epoch): readonly CurveValue[] => epochs.map((epoch) => epoch[name]);
    const optional = {
      validationLoss: column('validationLoss'),
      trainAccuracy: column('accuracy'),
      validationAccuracy: column('validationAccuracy'),
      learningRate: column('rate'),
    };
    return {
      trainLoss: column('loss'),
      ...Object.fromEntries(Object.entries(optional).filter(([, series]) => given(series))),
      ...(initial === null ? {} : { initialLoss: initial }),
      ...(classes === undefined ? {} : { classes }),
      ...(lossFunction === undefined ? {} : { lossFunction }),
    };
  };
  const tell = (position: RunPosition, finished: boolean): void => {
    const seen = curves();
    if (seen === undefined) return;
    const diagnosis = diagnose(seen);
    const { finding } = diagnosis;
    const open = !finished && (finding === 'healthy' || finding === 'not_trained_long_enough');
    if (finding === told || open || diagnosis.confidence < (finished ? 0 : confidence)) return;
    told = finding;
    onFinding(diagnosis, position);
  };

  return {
    kind: 'hook',
    name: 'curveDoctor',
    curves,
    onStep({ loss, scalars, step }) {
      if (step === 1) initial = value(loss);
      rate = scalars['learningRate'];
    },
    onEpoch(report) {
      const { loss, accuracy, val_loss, val_accuracy } = report.metrics;
      epochs.push({
        loss: value(loss),
        validationLoss: value(val_loss),
        accuracy: value(accuracy),
        validationAccuracy: value(val_accuracy),
        rate: value(rate),
      });
      if (epochs.length >= from) tell(report, false);
    },
    onEnd(position) {
      tell(position, true);
    },
    saveState: () => ({ epochs: epochs.map((epoch) => ({ ...epoch })), initial, told: told ?? null }),
    loadState(state) {
      const kept = state as unknown as { readonly epochs: Epoch[]; readonly initial: number | null; readonly told: string | null };
      epochs = [...kept.epochs];
      initial = kept.initial;
      told = kept.told ?? undefined;
    },
  };
}
