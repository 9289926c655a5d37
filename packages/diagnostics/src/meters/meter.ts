import { checkNumber, type EpochReport, type Json, type KeptTensor, type RunStart, type StepReport } from '@downhill/core';
import type { Batch, NamedVariable, PredictedBatch, Run } from '@downhill/training';
import type { Tensor } from '@tensorflow/tfjs-core';
import type { Reading } from '../reading.ts';
import type { Cadence } from './cadence.ts';
import type { TensorNorms } from './tensor-norms.ts';

/** What a meter looks at. tfjs-layers' own `fit` shows only some of it. */
export type MeterNeed =
  /** The batch, and the loss as a function of a batch. */
  | 'batch'
  /** The model's output for the batch, from the forward pass of the step. */
  | 'predictions'
  /** The gradients themselves. */
  | 'gradients'
  /** Their norms, which `measured(...)` takes in the optimizer's kernel. */
  | 'gradientNorms'
  /** The norms of the step's change of the weights and of the weights before it; `measured(...)` takes them, too. */
  | 'updateNorms'
  /** The weights as they were before the step. */
  | 'weightsBefore'
  /** The batches of a validation, and the predictions for them. */
  | 'validation';

/** What one measurement takes beside the step: passes over a batch of the step's size. */
export interface MeterCost {
  readonly forward: number;
  readonly backward: number;
}

/** No pass: it reads what the step computes anyway. */
export const FREE: MeterCost = Object.freeze({ forward: 0, backward: 0 });

type Unplaced<R> = R extends Reading ? Omit<R, 'step' | 'epoch'> : never;

/** A reading before it is known where in the run it belongs. */
export type Measurement = Unplaced<Reading>;
export type Measurements = readonly Measurement[];
type Measured = Measurements | void | Promise<Measurements | void>;

/** The run, as a meter sees it. Tensors are named by place: `0/kernel`. */
export interface MeterRun {
  readonly start: RunStart;
  readonly model: Run['model'];
  readonly optimizer: Run['optimizer'];
  /** What is trained, in the order of the model. */
  readonly variables: readonly NamedVariable[];
  /** Missing in `fit`, which shows no batches. */
  readonly objective?: Run['objective'];
  /** Whether a validation is shown after each epoch. */
  readonly validates: boolean;
}

/** A due step, before its gradients are taken: the weights are those that the step starts from. */
export interface BeforeStep {
  readonly batch: Batch;
}

/** A due step, after its update. Tensors are the loop's own, and valid only during the call. */
export interface AfterStep {
  readonly report: StepReport;
  readonly batch: Batch;
  readonly predictions: Tensor;
  /** By place; taken at the weights before the step. Empty for a rule that takes the gradients itself. */
  readonly gradients: ReadonlyMap<string, Tensor>;
  /** By place; the variables themselves hold what the step made of them. */
  readonly weightsBefore: ReadonlyMap<string, Tensor>;
  /** The trained weights after the step, by place, read once a step for all meters. */
  values(): Promise<ReadonlyMap<string, ArrayLike<number>>>;
  /** Computed once a step for all meters: in the optimizer's kernel where it is `measured`, else by tfjs operations. */
  norms(): Promise<ReadonlyMap<string, TensorNorms>>;
}

/** A meter at work in one run. All methods are optional; none may change the run. */
export interface Gauge {
  /** Every step's numbers, due or not: for what must miss none. */
  follow?(report: StepReport): void;
  beforeStep?(moment: BeforeStep): Measured;
  afterStep?(moment: AfterStep): Measured;
  /** Each batch of a validation; what it amounts to is said in `afterEpoch`. */
  onValidation?(batch: PredictedBatch): void | Promise<void>;
  /** After an epoch and its validation, whatever the cadence. */
  afterEpoch?(report: EpochReport): Measured;
  /** The loss of a step is NaN or infinite; nothing is updated yet. In `fit` there is no batch to look at. */
  onNonFinite?(step: number, seen: PredictedBatch | undefined): Measured;
  /** What a resumed run must know to go on with the same numbers. */
  saveState?(): Json;
  loadState?(state: Json): void;
  saveTensors?(): ReadonlyMap<string, KeptTensor>;
  loadTensors?(tensors: ReadonlyMap<string, KeptTensor>): void;
  /** Lets go of tensors. */
  dispose?(): void;
}

/** Something that can be read off a run: what, not when nor where it goes. */
export interface Meter {
  readonly kind: 'meter';
  readonly name: string;
  readonly cost: MeterCost;
  readonly needs: readonly MeterNeed[];
  /** When it measures, where that is not when the others do. */
  readonly every?: Cadence;
  /** Begins a run; state that was kept is loaded right after. What it throws switches the meter off. */
  begin(run: MeterRun): Gauge | Promise<Gauge>;
}

export interface MeterDefinition extends Omit<Meter, 'kind' | 'cost' | 'needs'> {
  /** @defaultValue no pass */
  readonly cost?: MeterCost;
  /** @defaultValue nothing but the step's report and the weights */
  readonly needs?: readonly MeterNeed[];
}

/**
 * Makes a meter: name, cost, needs, and how it begins.
 *
 * @example
 * const biggest = meter({ name: 'biggest loss', begin: () => ({ afterStep: ({ report }) => [scalar('biggest loss', report.loss)] }) });
 * biggest.kind; // 'meter'
 *
 * @throws DownhillError `invalid-argument` for a cost below 0.
 */
export function meter({ cost = FREE, needs = [], ...definition }: MeterDefinition): Meter {
  checkNumber('meter', { forward: cost.forward, backward: cost.backward }, { min: 0 });
  return Object.freeze({
    kind: 'meter',
    ...definition,
    cost: Object.freeze({ ...cost }),
    needs: Object.freeze([...needs]),
  } satisfies Meter);
}

/**
 * One number.
 *
 * @example
 * const found = scalar('loss', 0.5);
 * found.value; // 0.5
 */
export const scalar = (name: string, value: number): Measurement => ({ kind: 'scalar', name, value });

/**
 * A number a tensor, named by the tensor's place under a common name.
 *
 * @example
 * const found = scalars('weight norm', [['0/kernel', 2]]);
 * found[0].name; // 'weight norm/0/kernel'
 */
export const scalars = (name: string, values: Iterable<readonly [place: string, value: number]>): Measurement[] =>
  Array.from(values, ([place, value]) => scalar(`${name}/${place}`, value));
