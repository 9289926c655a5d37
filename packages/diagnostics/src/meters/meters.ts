import { DownhillError, show, type Json, type KeptTensor } from '@downhill/core';
import { namedVariables, trainableVariables, type Hook, type NamedVariable, type TrainableModel } from '@downhill/training';
import { checkMeters, type MetersOptions } from './meter-options.ts';
import type { Meter, MeterNeed } from './meter.ts';
import { moments, type Moments } from './moment.ts';
import { outlets, type Outlets } from './outlets.ts';
import { startPanel, type Kept, type Panel, type Round } from './panel.ts';

export interface MetersHookOptions extends MetersOptions {
  /** The hook's name, for a run with several. @defaultValue 'meters' */
  readonly name?: string;
}

/** A run of the hook. */
interface Course {
  readonly panel: Panel;
  readonly moments: Moments;
}

const NOTHING_KEPT: Kept = { state: {}, tensors: new Map() };

/** The variables that are trained, by place, in the order of the model. */
export function trainedVariables(model: TrainableModel): readonly NamedVariable[] {
  const trained = new Set(trainableVariables(model));
  return namedVariables(model).filter(({ variable }) => trained.has(variable));
}

/**
 * Meters as a hook of `train`: what is measured, when, and where it goes. A step at which none is due costs nothing but a comparison. Meters
 * change no bit of the run; one that fails says so once and is off, a sink that fails says so once and is tried again. What meters keep from step to step is kept in
 * checkpoints.
 *
 * @example
 * const hook = meters([lossMeter(), gradientNormMeter()], { every: 10, sinks: [] });
 * hook.kind; // 'hook'
 *
 * @throws DownhillError `invalid-argument` for what is no meter or sink, two meters of one name, or wrong options.
 */
export function meters(list: readonly Meter[], { name = 'meters', ...options }: MetersHookOptions = {}): Hook {
  const { every, sinks, run: info, onProblem } = checkMeters('meters', list, options);
  if (typeof name !== 'string' || name === '')
    throw new DownhillError({ code: 'invalid-argument', source: 'meters', problem: `\`name\` must be a text, got ${show(name)}` });
  let kept = NOTHING_KEPT;
  let course: Course | undefined;
  let round: Round | undefined;
  let out: Outlets | undefined;
  return {
    kind: 'hook',
    name,
    async onStart(start, { model, optimizer, objective, validation, showsGradients }) {
      const variables = trainedVariables(model);
      const held = moments(optimizer, variables);
      const shown = new Set<MeterNeed>(['batch', 'predictions', 'weightsBefore', 'updateNorms']);
      if (showsGradients) shown.add('gradients');
      if (showsGradients || held.measured) shown.add('gradientNorms');
      if (validation !== undefined) shown.add('validation');
      out = outlets(sinks, onProblem);
      const { write } = out;
      await out.open(start.step === 0 ? info : { ...info, resumedAt: start.step });
      const run = { start, model, optimizer, variables, objective, validates: validation !== undefined };
      course = { moments: held, panel: await startPanel(list, run, shown, kept, { every, onProblem, write }) };
    },
    async onBatch(batch, position) {
      round = course?.panel.roundAt({ ...position, step: position.step + 1 });
      if (round === undefined) return;
      course?.moments.holdWeights(round.needs);
      await round.before({ batch });
    },
    readsStatistics: () => course?.moments.readsKernel(round?.needs) === true,
    async onNonFinite(step, position) {
      await course?.panel.onNonFinite(position, step);
    },
    async onStep(report, step) {
      if (course === undefined) return;
      course.panel.follow(report);
      if (round === undefined) return;
      await round.after(course.moments.after(report, step));
      course.moments.letGo();
    },
    async onValidation(batch) {
      await course?.panel.onValidation(batch);
    },
    async onEpoch(report) {
      await course?.panel.afterEpoch(report);
    },
    async onEnd() {
      course?.moments.letGo();
      course?.panel.dispose();
      course = undefined;
      kept = NOTHING_KEPT;
      await out?.close();
    },
    saveState: () => course?.panel.saveState() ?? {},
    loadState(state) {
      kept = { ...kept, state: state as Readonly<Record<string, Json>> };
    },
    saveTensors: (): ReadonlyMap<string, KeptTensor> => course?.panel.saveTensors() ?? new Map(),
    loadTensors(tensors) {
      kept = { ...kept, tensors };
    },
  };
}
