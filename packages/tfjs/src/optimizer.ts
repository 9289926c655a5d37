import { checkOneOf, controlledIn, DownhillError, isTransform, show, type Transform } from '@downhill/core';
import { isFrozen } from '@downhill/core/compiler';
import * as tf from '@tensorflow/tfjs-core';
import { actsAt } from './active.ts';
import { Holdings, type Compiled, type CompileOptions } from './compiled.ts';
import { fromConfigText, toConfigText } from './config-text.ts';
import type { Execution } from './execute/choose.ts';
import type { Cell } from './execute/executor.ts';
import { CONTROLS, namedControls, setControls } from './controls.ts';
import { disposeAbandonedTape } from './internals/tape.ts';
import { minimizeAgain, type Evaluation, type Found } from './minimize.ts';
import { refuse } from './refuse.ts';
import { runStep } from './run-step.ts';
import { scalarsAt, shortNames, type Numbers } from './scalars.ts';
import { mostSkips, Skips, SKIPS } from './skips.ts';
import { averageNamed, averagesOf } from './weight-averages.ts';
import { updatesOf, type NamedTensors, type Update } from './updates.ts';

export interface OptimizerOptions {
  /**
   * What happens with NaN and infinite numbers. `'report'`: the step is applied, and {@link DownhillOptimizer.nonFiniteUpdates}
   * names tensor and step. `'skip'` and `'error'`: a step with such a gradient changes nothing and is not counted; the
   * latter throws. Both look at the gradients; what overflows inside a rule is reported. `applyIfFinite` in the chain is
   * `'skip'` with a limit. @defaultValue 'report'
   */
  readonly nonFinite?: 'report' | 'skip' | 'error';
  /** `'ops'` runs every step with tfjs operations, for comparison. @defaultValue 'fused' */
  readonly execution?: Execution;
}

/** Updates of a variable that were NaN or infinite, since they were last read. */
export interface NonFiniteReport {
  readonly variable: string;
  /** The first step with one, from 0. */
  readonly step: number;
  /** Elements, over all steps. */
  readonly count: number;
}

// A model that is compiled a second time drops its optimizer without a word, and with tfjs's own its slots are lost.
const forgotten = /* @__PURE__ */ new FinalizationRegistry<Holdings>((holdings) => {
  try {
    holdings.dispose();
  } catch {
    // the backend has been removed, and with it all that it held; nobody could catch this
  }
});

const trainable = (varList: readonly tf.Variable[] | undefined): tf.Variable[] =>
  (varList ?? Object.values(tf.engine().registeredVariables)).filter((variable) => variable.trainable);

/** Builds a transform out of its JSON: given by `register`, so that who loads nothing does not pay for it. */
let buildTransform: ((json: unknown) => unknown) | undefined;

/** @internal */
export function loadWith(build: (json: unknown) => unknown): void {
  buildTransform = build;
}

/**
 * A transform as a `tf.Optimizer`; made by {@link optimizer}. Works in `model.compile`, `minimize`, and `computeGradients`
 * with `applyGradients`. Each step is one fused kernel on `cpu` and `wasm`, and tfjs operations elsewhere.
 */
export class DownhillOptimizer extends tf.Optimizer {
  static get className(): string {
    return 'DownhillOptimizer';
  }

  readonly transform: Transform;
  /**
   * Whether the next steps compute the statistics of rules. Who reads them at some steps alone spares the others their cost by setting it to
   * `false` before them: a second kernel without them runs, which gives the weights the same bits. @defaultValue true
   */
  readsStatistics = true;
  readonly #options: Required<OptimizerOptions>;
  readonly #holdings = new Holdings();
  #numbers: Numbers = new Map();
  #disposed = false;
  readonly #skips: Skips;

  constructor(transform: Transform, { nonFinite = 'report', execution = 'fused' }: OptimizerOptions = {}) {
    super();
    if (!isTransform(transform))
      refuse(
        'invalid-argument',
        `\`transform\` must be a transform, got ${show(transform)}`,
        'Pass adamw(...), or chain(clipByGlobalNorm(1), adamw(...)).',
      );
    checkOneOf('optimizer', 'nonFinite', nonFinite, ['report', 'skip', 'error']);
    checkOneOf('optimizer', 'execution', execution, ['fused', 'ops']);
    this.transform = transform;
    this.#options = { nonFinite, execution };
    this.#skips = new Skips(mostSkips(transform, nonFinite));
    forgotten.register(this, this.#holdings, this);
  }

  /** The numbers of the last step, such as `learningRate`; before the first step those that it will use. */
  get scalars(): Readonly<Record<string, number>> {
    return shortNames(this.#numbers.size > 0 ? this.#numbers : scalarsAt(this.transform, this.iterations));
  }

  /** Steps that were skipped for a gradient that was not finite; saved with the state. */
  get skippedSteps(): number {
    return this.#skips.count;
  }

  #compile(variables: readonly tf.Variable[]): Compiled {
    const { execution, nonFinite } = this.#options;
    const options: CompileOptions = {
      execution,
      guarded: nonFinite !== 'report',
      statistics: this.readsStatistics,
      step: this.iterations,
    };
    return this.#holdings.compile(this.transform, variables, options);
  }

  /**
   * Compiles the step of these variables ahead of the first one; later steps find it ready.
   *
   * @throws DownhillError `unknown-name` where a parameter group fits none of them.
   */
  prepare(variables: readonly tf.Variable[]): void {
    this.#compile(variables);
  }

  override applyGradients(gradients: tf.NamedTensorMap | NamedTensors): void {
    if (this.transform.parts.some(({ rule }) => rule.gradients !== undefined))
      refuse(
        'unsupported',
        `${this.transform.name} evaluates the loss itself`,
        'Call minimize, or train with model.fit, instead of applyGradients.',
      );
    this.#apply(gradients);
  }

  /** @returns Whether the step was applied, and counted. */
  #apply(gradients: tf.NamedTensorMap | NamedTensors): boolean {
    if (this.#disposed) refuse('disposed', 'the optimizer was disposed of', 'Make a new one.');
    const updates = updatesOf(gradients);
    if (updates.length > 0 && !this.#step(updates)) return false;
    this.incrementIterations();
    return true;
  }

  /** @returns Whether the step was applied. */
  #step(updates: readonly Update[]): boolean {
    const step = this.iterations;
    const numbers = scalarsAt(this.transform, step);
    const compiled = this.#compile(updates.map(({ variable }) => variable));
    this.#numbers = numbers;
    const gradients = updates.map(({ gradient }) => gradient);
    const stored = runStep(compiled, { gradients, numbers, step, proceed: (bad) => bad === 0 || this.#refuse(updates, step) });
    if (stored) this.#skips.end();
    return stored;
  }

  /** A step with a bad gradient: skipped, or refused with the names of the tensors. */
  #refuse(updates: readonly Update[], step: number): false {
    if (this.#skips.take()) return false;
    const isBad = ({ gradient }: Update): boolean => tf.all(tf.isFinite(gradient)).dataSync()[0] !== 1;
    const names = tf.tidy(() => updates.filter(isBad).map(({ variable }) => variable.name)).join(', ');
    const { inARow } = this.#skips;
    return refuse(
      'non-finite',
      `at step ${step} the gradient of ${names} is NaN or infinite${inARow > 1 ? `, ${inARow} times in a row by now` : ''}`,
      'Nothing was applied. Lower the learning rate, clip the gradients, or look for log(0) and 0/0 in the loss.',
    );
  }

  /** The loss and its gradients: as tfjs computes them, or by the rule of the chain that does so itself. */
  #look(f: () => tf.Scalar, varList: tf.Variable[] | undefined): Found {
    const moved = this.#moved(varList);
    const evaluate = (): Evaluation => {
      try {
        return tf.tidy(() => this.computeGradients(f, moved) as Evaluation & tf.TensorContainerObject);
      } catch (error) {
        disposeAbandonedTape();
        throw error;
      }
    };
    const again = this.transform.parts.filter((part) => part.rule.gradients !== undefined && actsAt(part, this.iterations));
    if (again.length === 0) return { ...evaluate(), slots: new Map() };
    const variables = trainable(moved);
    const { slots } = this.#holdings;
    this.prepare(variables);
    return minimizeAgain(again, { variables, numbers: scalarsAt(this.transform, this.iterations), slots, evaluate });
  }

  /** The variables without those that the chain freezes: nobody needs their gradients. */
  #moved(varList: tf.Variable[] | undefined): tf.Variable[] | undefined {
    if (this.transform.parts.every(({ rule }) => rule.freezes !== true)) return varList;
    const moved = trainable(varList).filter((variable) => !isFrozen(this.transform, variable));
    return moved.length === 0 ? varList : moved;
  }

  override minimize(f: () => tf.Scalar, returnCost = false, varList?: tf.Variable[]): tf.Scalar | null {
    const { value, grads, slots } = this.#look(f, varList);
    const before = new Map([...slots.keys()].map((cell) => [cell, tf.keep(tf.clone(cell.tensor))]));
    const fill = (values: ReadonlyMap<Cell, tf.Tensor>): void => values.forEach((value, cell) => cell.replace(tf.clone(value)));
    let applied = false;
    try {
      fill(slots);
      applied = this.#apply(grads);
    } catch (error) {
      value.dispose();
      throw error;
    } finally {
      if (!applied) fill(before);
      tf.dispose([...Object.values(grads), ...slots.values(), ...before.values()]);
    }
    if (returnCost) return value;
    value.dispose();
    return null;
  }

  /**
   * Copies of a variable's slots, by `rule/slot`; the caller disposes of them.
   *
   * @param variable The variable or its name.
   * @throws DownhillError `unknown-name` where the optimizer has not seen the variable.
   */
  state(variable: string | tf.Variable): Record<string, tf.Tensor> {
    const name = typeof variable === 'string' ? variable : variable.name;
    const { slots } = this.#holdings;
    if (!slots.names().includes(name))
      refuse(
        'unknown-name',
        `no state for '${name}'`,
        `There is state for ${slots.names().join(', ') || 'no variable yet: take a step first'}.`,
      );
    return Object.fromEntries([...slots.cellsOf(name)].map(([key, cell]) => [key, tf.mul(cell.tensor, 1)]));
  }

  /** The averages of the weights that rules of the chain keep, by `rule/slot`. */
  get averageNames(): readonly string[] {
    return averagesOf(this.transform).map(({ name }) => name);
  }

  /**
   * Copies of an average of these variables as it stands, by variable; the caller disposes of them. A variable that the rule does not act on,
   * or that was never trained, has none.
   *
   * @param name One of `averageNames`.
   * @throws DownhillError `unknown-name` where there is no such average, `invalid-argument` before the first step.
   */
  average(name: string, variables: readonly tf.Variable[]): Map<tf.Variable, tf.Tensor> {
    const { factor, ofWeight } = averageNamed(this.transform, name);
    const steps = this.iterations;
    if (steps === 0) refuse('invalid-argument', `there is no '${name}' before the first step`, 'Train first, or load the state of a run.');
    const { slots } = this.#holdings;
    if (slots.waiting) this.prepare(variables);
    const [scale, share] = [factor(steps), ofWeight(steps)];
    const averageOf = (slot: tf.Tensor, variable: tf.Variable): tf.Tensor =>
      share === 0 ? tf.mul(slot, scale) : tf.tidy(() => tf.add(tf.mul(slot, scale), tf.mul(variable, share)));
    return new Map(
      variables.flatMap((variable) => {
        const cell = slots.cellsOf(variable.name).get(name);
        return cell === undefined ? [] : [[variable, averageOf(cell.tensor, variable)] as const];
      }),
    );
  }

  /**
   * The statistics of the last step, by variable and `rule/name`, with `nonFinite` (elements of the update); that alone where the step
   * was taken with {@link readsStatistics} off.
   */
  async statistics(): Promise<Record<string, Record<string, number>>> {
    const all: Record<string, Record<string, number>> = {};
    const { latest } = this.#holdings;
    for (const round of latest?.program.rounds ?? []) {
      if (round.kind !== 'kernel') continue;
      const values = await round.prepared.statistics();
      round.members.forEach((member, i) => {
        const name = latest?.members[member]?.variable.name ?? '';
        all[name] = { ...all[name], ...values[i] };
      });
    }
    return all;
  }

  /** Names the variables whose updates were not finite, with the first such step; reading clears the list. */
  async nonFiniteUpdates(): Promise<NonFiniteReport[]> {
    const reports: NonFiniteReport[] = [];
    for (const { program, members } of this.#holdings.compiled)
      for (const round of program.rounds) {
        if (round.kind !== 'kernel') continue;
        for (const { program: i, step, count } of await round.prepared.nonFinite())
          reports.push({ variable: members[round.members[i] ?? 0]?.variable.name ?? '', step, count });
      }
    return reports.sort((a, b) => a.step - b.step);
  }

  /** The count of steps, the values of `controlled` schedules, the counts of skipped steps, then the slots as `variable/rule/slot`. The tensors are the live ones: clone what you keep. */
  override async getWeights(): Promise<NamedTensors> {
    const numbers: NamedTensors = [
      { name: 'iter', tensor: tf.scalar(this.iterations, 'int32') },
      ...namedControls(controlledIn(this.transform)),
      ...this.#skips.named(),
    ];
    this.#holdings.hold(numbers.map(({ tensor }) => tensor));
    return Promise.resolve([...numbers, ...this.#holdings.slots.namedTensors()]);
  }

  override async setWeights(weights: NamedTensors): Promise<void> {
    const state = await this.extractIterations(weights);
    const named = (wanted: string): tf.Tensor | undefined => state.find(({ name }) => name === wanted)?.tensor;
    const slots = state.filter(({ name }) => name !== CONTROLS && name !== SKIPS);
    setControls(controlledIn(this.transform), named(CONTROLS));
    this.#skips.set(named(SKIPS));
    this.#holdings.clearPrograms();
    this.#numbers = new Map();
    this.#holdings.slots.load(slots);
  }

  /** @throws DownhillError `not-serializable` where a mask is a function. */
  override getConfig(): tf.serialization.ConfigDict {
    return { transform: toConfigText(this.transform), nonFinite: this.#options.nonFinite };
  }

  static override fromConfig<T extends tf.serialization.Serializable>(
    cls: tf.serialization.SerializableConstructor<T>,
    { transform, nonFinite }: tf.serialization.ConfigDict,
  ): T {
    if (buildTransform === undefined)
      throw new DownhillError({
        code: 'unknown-name',
        source: 'optimizer',
        problem: 'no factories are registered',
        advice: 'Call register({ adamw }) from @downhill/tfjs before loading.',
      });
    return new cls(buildTransform(fromConfigText(String(transform))), { nonFinite });
  }

  override dispose(): void {
    forgotten.unregister(this);
    this.#holdings.dispose();
    this.#disposed = true;
  }
}

/**
 * Turns a transform into a `tf.Optimizer`.
 *
 * @throws DownhillError `invalid-argument` for anything but a transform.
 */
export function optimizer(transform: Transform, options: OptimizerOptions = {}): DownhillOptimizer {
  return new DownhillOptimizer(transform, options);
}
