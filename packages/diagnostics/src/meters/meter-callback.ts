import { DownhillError, type RunPosition } from '@downhill/core';
import { evaluate, scalarsOf, setReadsStatistics, statisticsOf, type BatchSource, type Step } from '@downhill/training';
import type { Optimizer, Tensor } from '@tensorflow/tfjs-core';
import { Callback } from '@tensorflow/tfjs-layers';
import { checkMeters, type MetersOptions } from './meter-options.ts';
import type { Meter, MeterNeed } from './meter.ts';
import { trainedVariables } from './meters.ts';
import { moments, type Moments } from './moment.ts';
import { outlets, type Outlets } from './outlets.ts';
import { startPanel, type Panel, type Round } from './panel.ts';

export interface MeterCallbackOptions extends MetersOptions {
  /** Predicted after each epoch, for meters of a validation: `fit` does not show its own. */
  readonly validation?: BatchSource;
}

/** What `fit` tells its callbacks. */
interface FitParams {
  readonly epochs?: number | null;
  readonly steps?: number | null;
  readonly samples?: number | null;
  readonly batchSize?: number | null;
  readonly metrics?: readonly string[];
}

type Logs = Readonly<Record<string, number | Tensor>>;

/**
 * Meters for your own `model.fit` and `fitDataset`. These show neither batches nor gradients: with `measured(...)` around the transform the
 * optimizer's kernel takes the norms, and meters of classes look at a `validation` of your own (one forward pass over it an epoch). A
 * meter that needs more says so once and is off. The loss of every step is read, which on a GPU waits for it.
 *
 * @example
 * const args = { epochs: 3, callbacks: meterCallback([lossMeter(), scheduleMeter(), updateRatioMeter()], { every: 10 }) };
 * args.callbacks.validationData; // null
 *
 * @throws DownhillError `invalid-argument` as {@link meters}.
 */
export function meterCallback(list: readonly Meter[], { validation, ...options }: MeterCallbackOptions = {}): Callback {
  return new MeterCallback(list, checkMeters('meterCallback', list, options), validation);
}

class MeterCallback extends Callback {
  private readonly list: readonly Meter[];
  private readonly options: Required<MetersOptions>;
  private readonly source: BatchSource | undefined;
  private out: Outlets | undefined;
  private panel: Panel | undefined;
  private held: Moments | undefined;
  private round: Round | undefined;
  private epoch = 0;

  constructor(list: readonly Meter[], options: Required<MetersOptions>, source: BatchSource | undefined) {
    super();
    this.list = list;
    this.options = options;
    this.source = source;
  }

  override async onTrainBegin(): Promise<void> {
    const { sinks, onProblem, run: info, every } = this.options;
    const { model, source } = this;
    const { optimizer } = model;
    const variables = trainedVariables(model);
    const held = moments(optimizer, variables);
    const out = outlets(sinks, onProblem);
    Object.assign(this, { held, out });
    const shown = new Set<MeterNeed>(['weightsBefore', 'updateNorms']);
    if (held.measured) shown.add('gradientNorms');
    if (source !== undefined) shown.add('validation');
    await out.open(info);
    const start = { ...this.position(0), metrics: (this.params as FitParams).metrics ?? [] };
    const run = { start, model, optimizer, variables, validates: source !== undefined };
    this.panel = await startPanel(this.list, run, shown, { state: {}, tensors: new Map() }, { every, onProblem, write: out.write });
  }

  override async onEpochBegin(epoch: number): Promise<void> {
    this.epoch = epoch;
  }

  override async onBatchBegin(): Promise<void> {
    this.round = this.panel?.roundAt(this.position(this.epoch, 1));
    setReadsStatistics(this.model.optimizer, this.held?.readsKernel(this.round?.needs) === true);
    if (this.round !== undefined) this.held?.holdWeights(this.round.needs);
  }

  override async onBatchEnd(_batch: number, logs: Logs = {}): Promise<void> {
    const { batch: _, size: examples = 0, loss = Number.NaN, ...metrics } = await numbersOf(logs);
    const { optimizer } = this.model;
    const position = this.position(this.epoch);
    if (!Number.isFinite(loss)) await this.panel?.onNonFinite({ ...position, step: position.step - 1 }, undefined);
    const report = { ...position, loss, scalars: scalarsOf(optimizer), metrics, examples };
    this.panel?.follow(report);
    if (this.round !== undefined && this.held !== undefined) await this.round.after(this.held.after(report, stepOf(optimizer)));
    this.held?.letGo();
  }

  override async onEpochEnd(epoch: number, logs: Logs = {}): Promise<void> {
    const { panel, source, model } = this;
    if (panel === undefined) return;
    if (source !== undefined) await evaluate({ model, batches: source, onBatch: (batch) => panel.onValidation(batch) });
    await panel.afterEpoch({ ...this.position(epoch + 1), metrics: await numbersOf(logs) });
  }

  override async onTrainEnd(): Promise<void> {
    setReadsStatistics(this.model.optimizer, true);
    this.held?.letGo();
    this.panel?.dispose();
    this.panel = undefined;
    await this.out?.close();
  }

  private position(epoch: number, ahead = 0): RunPosition {
    const { epochs, samples, batchSize, steps } = this.params as FitParams;
    const perEpoch = steps ?? Math.ceil((samples ?? 0) / (batchSize ?? 1));
    const all = epochs ?? epoch;
    return { step: this.model.optimizer.iterations + ahead, steps: all * perEpoch, epoch, epochs: all };
  }
}

/** What `fit` leaves to be seen of a step. */
function stepOf(optimizer: Optimizer): Step {
  const hidden = (what: string): never => {
    throw new DownhillError({
      code: 'unsupported',
      source: 'meterCallback',
      problem: `fit does not show the ${what}`,
      advice: 'A meter that looks at it says so in `needs`.',
    });
  };
  return {
    get batch() {
      return hidden('batch');
    },
    get predictions() {
      return hidden('predictions');
    },
    gradients: {},
    statistics: async () => (await statisticsOf(optimizer)?.()) ?? {},
  };
}

/** Reads logs and leaves them: tfjs disposes of their tensors. */
async function numbersOf(logs: Logs): Promise<Record<string, number>> {
  const read = Object.entries(logs).map(async ([name, value]): Promise<[string, number]> => [
    name,
    typeof value === 'number' ? value : ((await value.data())[0] ?? Number.NaN),
  ]);
  return Object.fromEntries(await Promise.all(read));
}
