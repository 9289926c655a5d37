import {
  type CheckpointStore,
  type EpochReport,
  memoryStore,
  mul,
  type RunPosition,
  type StepReport,
  sumOfSquares,
  transform,
} from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-cpu';
import { layers, regularizers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, beforeEach, afterEach, describe, expect, test } from 'vitest';
import type { ArrayData } from './array-data.ts';
import { batches, type BatchSource } from './batches.ts';
import { latestCheckpoint } from './checkpoint/checkpoint.ts';
import type { TrainEvent } from './events.ts';
import { accuracy, meanSquaredError, softmaxCrossEntropy } from './losses.ts';
import type { FunctionModel } from './model.ts';
import { captureWeights, checkpointWeights, restoreWeights } from './snapshot.ts';
import { train } from './train.ts';
import type { Hook, TrainOptions } from './train-options.ts';

/** Three classes of points in four dimensions. */
function points(examples = 26, weighted = false): ArrayData {
  const values = Float32Array.from({ length: examples * 4 }, (_, i) => Math.sin(i * 12.9898) + (i % 4 === Math.floor(i / 4) % 3 ? 1 : 0));
  const labels = Int32Array.from({ length: examples }, (_, i) => i % 3);
  const weights = Float32Array.from({ length: examples }, (_, i) => 1 + (i % 2));
  return { xs: { values, shape: [4] }, ys: { values: labels, shape: [] }, ...(weighted ? { weights } : {}) };
}

function net(): Sequential {
  const fill = (seed: number): never => ({ kernelInitializer: { className: 'GlorotNormal', config: { seed } } }) as never;
  return sequential({
    layers: [
      layers.dense({ units: 5, inputShape: [4], activation: 'tanh', ...(fill(1) as object) }),
      layers.dense({ units: 3, ...(fill(2) as object) }),
    ],
  });
}

/** One weight and one bias: y = w x + b. */
function line(): FunctionModel & { readonly w: tf.Variable; readonly b: tf.Variable } {
  const [w, b] = tf.tidy(() => [tf.variable(tf.tensor2d([[0.5]])), tf.variable(tf.tensor1d([0.25]))]) as [tf.Variable, tf.Variable];
  return { w, b, variables: [w, b], predict: (x) => tf.add(tf.matMul(x as tf.Tensor2D, w as unknown as tf.Tensor2D), b) };
}

const weightsOf = (model: Sequential): number[] => model.weights.flatMap((weight) => [...weight.read().dataSync()]);
const source = (): BatchSource => batches(points(), { batchSize: 4, shuffle: 7 });

/** Runs and cleans up; the weights at the end. */
async function run(
  options: Partial<TrainOptions>,
): Promise<{ weights: number[]; events: TrainEvent[]; result: Awaited<ReturnType<typeof train>> }> {
  const model = net();
  const optimizer = tf.train.rmsprop(0.02); // of tfjs's own the one with state that resumes exactly
  const events: TrainEvent[] = [];
  try {
    const result = await train({
      model,
      optimizer,
      loss: softmaxCrossEntropy,
      metrics: { accuracy },
      batches: source(),
      epochs: 3,
      onEvent: (event) => events.push(event),
      ...options,
    });
    return { weights: weightsOf(model), events, result };
  } finally {
    model.dispose();
    optimizer.dispose();
  }
}

const hook = (methods: Partial<Hook>): Hook => ({ kind: 'hook', name: 'probe', ...methods });

describe('train', () => {
  let before = 0;
  beforeAll(() => tf.setBackend('cpu'));
  beforeEach(() => {
    before = tf.memory().numTensors;
  });
  afterEach(() => {
    const left = tf.memory().numTensors - before;
    if (left !== 0) throw new Error(`${left} tensors stay behind`); // in no test
  });

  test('learns', async () => {
    const { result } = await run({ epochs: 20 });
    const [first, last] = [result.history[0]!.metrics, result.history.at(-1)!.metrics];
    expect(last.loss!).toBeLessThan(first.loss! / 2);
    expect(last.accuracy!).toBeGreaterThan(0.9);
    expect(result).toMatchObject({ step: 140, steps: 140, epoch: 20, epochs: 20, stopped: 'finished' });
  });

  test('the same seed gives the same bits, another seed others', async () => {
    const first = await run({});
    expect((await run({})).weights).toEqual(first.weights);
    expect((await run({ batches: batches(points(), { batchSize: 4, shuffle: 8 }) })).weights).not.toEqual(first.weights);
  });

  test('one step of gradient descent on a line, with sample weights, is what a calculation by hand gives', async () => {
    const model = line();
    const [xs, ys, weights] = [
      [1, 2, 3],
      [2, 3, 5],
      [1, 0, 4],
    ];
    const data: ArrayData = {
      xs: { values: Float32Array.from(xs), shape: [1] },
      ys: { values: Float32Array.from(ys), shape: [1] },
      weights: Float32Array.from(weights),
    };
    const optimizer = tf.train.sgd(0.01);
    const { history } = await train({
      model,
      optimizer,
      loss: meanSquaredError,
      batches: batches(data, { batchSize: 3, shuffle: false }),
      epochs: 1,
    });
    const errors = xs.map((x, i) => 0.5 * x + 0.25 - ys[i]!);
    const average = (f: (i: number) => number): number => (f(0) + f(1) + f(2)) / 3; // Σ wᵢ lossᵢ / n
    expect(history[0]!.metrics.loss).toBeCloseTo(
      average((i) => weights[i]! * errors[i]! ** 2),
      5,
    );
    expect(model.w.dataSync()[0]).toBeCloseTo(0.5 - 0.01 * average((i) => weights[i]! * 2 * errors[i]! * xs[i]!), 6);
    expect(model.b.dataSync()[0]).toBeCloseTo(0.25 - 0.01 * average((i) => weights[i]! * 2 * errors[i]!), 6);
    optimizer.dispose();
    tf.dispose([model.w, model.b]);
  });

  test('weights with a loss that has no value per example are refused', async () => {
    await expect(run({ batches: batches(points(26, true), { shuffle: 1 }), loss: (_, p) => tf.mean(p) })).rejects.toMatchObject({
      code: 'unsupported',
    });
  });

  test("penalties and the layers' regularizers are part of the loss", async () => {
    const model = sequential({
      layers: [
        layers.dense({
          units: 1,
          inputShape: [1],
          useBias: false,
          kernelInitializer: 'ones',
          kernelRegularizer: regularizers.l2({ l2: 0.5 }),
        }),
      ],
    });
    const data: ArrayData = { xs: { values: Float32Array.of(1), shape: [1] }, ys: { values: Float32Array.of(1), shape: [1] } };
    const optimizer = tf.train.sgd(0.1);
    const weight = model.weights[0]!.read();
    const { history } = await train({
      model,
      optimizer,
      loss: meanSquaredError,
      batches: batches(data, { shuffle: false }),
      epochs: 1,
      penalties: () => tf.mul(0.25, tf.sum<tf.Scalar>(weight)),
    });
    expect(history[0]!.metrics.loss).toBeCloseTo(0 + 0.5 + 0.25, 6);
    expect(weight.dataSync()[0]).toBeCloseTo(1 - 0.1 * (2 * 0.5 + 0.25), 6);
    tf.dispose([optimizer, ...model.weights.map((w) => w.read())] as tf.Tensor[]);
    optimizer.dispose();
  });

  test('statistics of the optimizer join the metrics of steps and epochs, where they are asked for', async () => {
    const squares = transform({
      name: 'squares',
      config: {},
      update: (g, { parameter }) => ({ update: mul(g, 0.01), statistics: { sum: sumOfSquares(parameter) } }),
    });
    const model = line();
    const data: ArrayData = { xs: { values: Float32Array.of(1, 2), shape: [1] }, ys: { values: Float32Array.of(1, 3), shape: [1] } };
    const seen: number[] = [];
    const { history } = await train({
      model,
      transform: squares,
      loss: meanSquaredError,
      batches: batches(data, { batchSize: 1, shuffle: false }),
      epochs: 1,
      statistics: { size: (given) => Object.values(given).reduce((total, { 'squares/sum': sum = 0 }) => total + sum, 0) },
      onEvent: (event) => void (event.type === 'step' && seen.push(event.metrics['size']!)),
    });
    expect(seen[0]).toBeCloseTo(0.5 ** 2 + 0.25 ** 2, 6); // the weights before the step
    expect(seen).toHaveLength(2);
    expect(history[0]!.metrics['size']).toBeCloseTo((seen[0]! + seen[1]!) / 2, 6);
    tf.dispose([model.w, model.b]);
  });

  test('statistics are refused where the optimizer has none, and under the name of a metric', async () => {
    await expect(run({ statistics: { size: () => 0 } })).rejects.toMatchObject({ code: 'unsupported' });
    await expect(run({ statistics: { accuracy: () => 0 } })).rejects.toThrow(
      "`statistics` has a 'accuracy', which is the name of a metric",
    );
  });

  test('validation is evaluated after each epoch and changes nothing', async () => {
    const plain = await run({});
    let announced: readonly string[] = [];
    const { weights, result } = await run({
      validation: batches(points(9), { batchSize: 4, shuffle: false }),
      hooks: [hook({ onStart: ({ metrics }) => void (announced = metrics) })],
    });
    expect(weights).toEqual(plain.weights);
    expect(Object.keys(result.history[0]!.metrics).sort()).toEqual(['accuracy', 'loss', 'val_accuracy', 'val_loss']);
    expect([...announced].sort()).toEqual(Object.keys(result.history[0]!.metrics).sort());
  });

  test('a validation view evaluates the model in another state, beside the plain validation', async () => {
    const validation = batches(points(9), { batchSize: 4, shuffle: false });
    let announced: readonly string[] = [];
    const seen: unknown[] = [];
    const { result } = await run({
      validation,
      validationViews: {
        same: (_, evaluate) => evaluate(),
        zero: async ({ model, optimizer }, evaluate) => {
          seen.push(optimizer.getClassName());
          const own = await captureWeights(model);
          restoreWeights(model, new Map([...own].map(([name, its]) => [name, { ...its, values: its.values.map(() => 0) }])), 'test');
          const means = await evaluate();
          restoreWeights(model, own, 'test');
          return means;
        },
      },
      hooks: [hook({ onStart: ({ metrics }) => void (announced = metrics) })],
    });
    const { metrics } = result.history.at(-1)!;
    expect(announced).toEqual(Object.keys(metrics).toSorted((a, b) => announced.indexOf(a) - announced.indexOf(b)));
    expect([metrics.val_same_loss, metrics.val_same_accuracy]).toEqual([metrics.val_loss, metrics.val_accuracy]);
    expect(metrics.val_zero_loss).toBeCloseTo(Math.log(3), 6); // three classes, all alike
    expect(seen).toEqual(['RMSProp', 'RMSProp', 'RMSProp']);
    await expect(run({ validationViews: { same: (_, evaluate) => evaluate() } })).rejects.toThrow('`validationViews` needs `validation`');
  });

  test('hooks are called in order, see gradients before the update, and get reports', async () => {
    const calls: string[] = [];
    let seen: StepReport | undefined;
    const note = (name: string): Hook => ({
      kind: 'hook',
      name,
      onStart: ({ metrics }) => void calls.push(`${name} start ${metrics.join()}`),
      onGradients: (gradients, { step }) => void calls.push(`${name} ${Object.keys(gradients).length} gradients at ${step}`),
      onStep: (report) => {
        calls.push(`${name} step ${report.step}`);
        seen = report;
      },
      onEpoch: ({ epoch }: EpochReport) => void calls.push(`${name} epoch ${epoch}`),
      onEnd: ({ step }: RunPosition) => void calls.push(`${name} end ${step}`),
    });
    await run({ epochs: 1, batches: batches(points(8), { batchSize: 8, shuffle: 1 }), hooks: [note('a'), note('b')] });
    expect(calls).toEqual([
      'a start loss,accuracy',
      'b start loss,accuracy',
      'a 4 gradients at 0',
      'b 4 gradients at 0',
      'a step 1',
      'b step 1',
      'a epoch 1',
      'b epoch 1',
      'a end 1',
      'b end 1',
    ]);
    expect(seen).toMatchObject({ step: 1, steps: 1, examples: 8, metrics: { accuracy: expect.any(Number) } });
  });

  test('a hook may change the gradients', async () => {
    const zero = hook({
      onGradients(gradients) {
        for (const [name, gradient] of Object.entries(gradients)) {
          gradients[name] = tf.zerosLike(gradient);
          gradient.dispose();
        }
      },
    });
    const untouched = net();
    const { weights } = await run({ hooks: [zero] });
    expect(weights).toEqual(weightsOf(untouched));
    untouched.dispose();
  });

  test("a hook's 'stop' ends the run cleanly, also when it is resumed", async () => {
    const store = memoryStore();
    const hooks = [hook({ onStep: ({ step }) => (step === 5 ? 'stop' : undefined) })];
    const { result } = await run({ hooks, checkpoints: { store } });
    expect(result).toMatchObject({ step: 5, stopped: 'hook' });
    expect((await run({ hooks, checkpoints: { store, resume: true } })).result).toMatchObject({ step: 5, stopped: 'hook' });
  });

  test.each([
    ['an epoch', hook({ onEpoch: ({ epoch }) => (epoch === 1 ? 'pause' : undefined) })],
    ['a step', hook({ onStep: ({ step }) => (step === 5 ? 'pause' : undefined) })],
  ])("a hook's 'pause' after %s ends the run for now: resumed, it comes to the same bits", async (_, pausing) => {
    const store = memoryStore();
    const whole = await run({});
    const { result } = await run({ hooks: [pausing], checkpoints: { store } });
    expect(result.stopped).toBe('paused');
    expect(result.step).toBeLessThan(whole.result.step);
    const resumed = await run({ hooks: [hook({})], checkpoints: { store, resume: true } });
    expect(resumed.result).toMatchObject({ step: whole.result.step, stopped: 'finished' });
    expect(resumed.weights).toEqual(whole.weights);
  });

  test("'stop' wins over 'pause'", async () => {
    const answers = (answer: 'stop' | 'pause'): Hook => hook({ name: answer, onStep: () => answer });
    for (const hooks of [
      [answers('stop'), answers('pause')],
      [answers('pause'), answers('stop')],
    ])
      expect((await run({ hooks })).result).toMatchObject({ step: 1, stopped: 'hook' });
  });

  test('what a hook throws ends the run; the other hooks hear of the end', async () => {
    let ended = false;
    const bad = hook({
      name: 'bad',
      onStep() {
        throw new Error('my own fault');
      },
    });
    await expect(run({ hooks: [bad, hook({ onEnd: () => void (ended = true) })] })).rejects.toThrow('my own fault');
    expect(ended).toBe(true);
  });

  test.each(['onStart', 'onGradients', 'onEpoch'] as const)('nothing leaks when %s throws', async (method) => {
    const bad = hook({
      [method]() {
        throw new Error('no');
      },
    });
    await expect(run({ hooks: [bad] })).rejects.toThrow('no');
  });

  test('nothing leaks when the model, the loss or a metric throws', async () => {
    const fail = (): never => {
      throw new Error('no');
    };
    await expect(run({ loss: fail })).rejects.toThrow('no');
    await expect(run({ metrics: { fail } })).rejects.toThrow('no');
    await expect(run({ penalties: fail })).rejects.toThrow('no');
    await expect(run({ model: { variables: [], predict: fail } })).rejects.toThrow('no');
  });

  test('a label that is no class ends the run, and is named', async () => {
    const wrong = points();
    wrong.ys.values[5] = 3;
    const failed = run({ batches: batches(wrong, { batchSize: 4, shuffle: false }) });
    await expect(failed).rejects.toMatchObject({ code: 'data-invalid', message: expect.stringContaining('from 0 to 2, got 3 at 1') });
  });

  test('a loss that is no number ends the run before it reaches a weight', async () => {
    const model = line();
    const data: ArrayData = {
      xs: { values: Float32Array.of(1, Number.NaN), shape: [1] },
      ys: { values: Float32Array.of(1, 1), shape: [1] },
    };
    const optimizer = tf.train.sgd(0.1);
    await expect(
      train({ model, optimizer, loss: meanSquaredError, batches: batches(data, { batchSize: 1, shuffle: false }), epochs: 1 }),
    ).rejects.toMatchObject({
      code: 'non-finite',
      message: expect.stringContaining('step 1'),
    });
    expect(Number.isFinite(model.w.dataSync()[0])).toBe(true);
    optimizer.dispose();
    tf.dispose([model.w, model.b]);
  });

  test('the signal ends the run after the step at hand', async () => {
    const stop = new AbortController();
    const { result } = await run({ signal: stop.signal, hooks: [hook({ onStep: ({ step }) => (step === 4 ? stop.abort() : undefined) })] });
    expect(result).toMatchObject({ step: 4, stopped: 'signal' });
    expect((await run({ signal: AbortSignal.abort() })).result).toMatchObject({ step: 0, stopped: 'signal' });
  });

  test('batch norm trains without a leak', async () => {
    const model = sequential({ layers: [layers.dense({ units: 3, inputShape: [4] }), layers.batchNormalization()] });
    const built = tf.memory().numTensors;
    const optimizer = tf.train.sgd(0.1);
    const sgd = tf.memory().numTensors;
    await train({ model, optimizer, loss: softmaxCrossEntropy, batches: source(), epochs: 1 });
    expect(tf.memory().numTensors).toBe(sgd);
    expect(built).toBe(sgd - 1);
    optimizer.dispose();
    model.dispose();
  });

  test('events are plain data and tell the whole run', async () => {
    const { events } = await run({ epochs: 1, checkpoints: { store: memoryStore(), everySteps: 3 } });
    expect(structuredClone(events)).toEqual(events);
    expect(events.filter(({ type }) => type === 'step')).toHaveLength(7);
    expect([events[0]!.type, events.at(-1)!.type]).toEqual(['start', 'end']);
    expect(events.some(({ type }) => type === 'checkpoint')).toBe(true);
  });

  test('says where the time went', async () => {
    const { times } = (await run({ epochs: 1 })).result;
    expect(times.gradients).toBeGreaterThan(0);
    expect(times.update).toBeGreaterThan(0);
    expect(times.validation).toBeGreaterThanOrEqual(0);
  });

  test.each([
    [{ epochs: -1 }, '`epochs`'],
    [{ epochs: 1.5 }, '`epochs`'],
    [{ loss: 'mse' }, '`loss`'],
    [{ transform: 'adam', optimizer: undefined }, '`transform`'],
    [{ optimizer: undefined }, '`transform` and `optimizer`'],
    [{ batches: [] }, '`batches`'],
    [{ model: {} }, '`model`'],
    [{ seed: 0.5 }, '`seed`'],
    [{ hooks: [hook({}), hook({})] }, "'probe'"],
  ])('refuses %j', async (options, message) => {
    await expect(run(options as never)).rejects.toMatchObject({ code: 'invalid-argument', message: expect.stringContaining(message) });
  });
});

describe('resume', () => {
  beforeAll(() => tf.setBackend('cpu'));

  /** Stops after `step`, and goes on in a model built anew. */
  async function interrupted(
    step: number,
    store: CheckpointStore,
    options: Partial<TrainOptions> = {},
  ): Promise<Awaited<ReturnType<typeof run>>> {
    const stop = new AbortController();
    await run({
      ...options,
      checkpoints: { store },
      signal: stop.signal,
      hooks: [...(options.hooks ?? []), hook({ name: 'stopper', onStep: (at) => (at.step === step ? stop.abort() : undefined) })],
    });
    return run({ ...options, checkpoints: { store, resume: true } });
  }

  test.each([1, 5, 7, 8, 20, 21])('after step %i of 21 gives the bits and the means of an uninterrupted run', async (step) => {
    const whole = await run({});
    const resumed = await interrupted(step, memoryStore());
    expect(resumed.weights).toEqual(whole.weights);
    expect(resumed.result.history.at(-1)).toEqual(whole.result.history.at(-1));
    expect(resumed.events.find(({ type }) => type === 'start')).toMatchObject({
      step,
      steps: 21,
      resumedFrom: expect.stringContaining(String(step)),
    });
  });

  test('from a checkpoint in the middle, after a kill, too', async () => {
    const store = memoryStore();
    const whole = await run({ checkpoints: { store, everySteps: 1, everySeconds: 0, keep: 100 } });
    for (const name of (await store.list()).filter((file) => file > 'step-000000011')) await store.remove(name);
    const resumed = await run({ checkpoints: { store, resume: true } });
    expect(resumed.events[0]).toMatchObject({ type: 'start', resumedFrom: expect.any(String) });
    expect(resumed.weights).toEqual(whole.weights);
  });

  test('from the end of an epoch, where every epoch is kept, too', async () => {
    const store = memoryStore();
    const whole = await run({ checkpoints: { store, everyEpochs: 1, everySeconds: 1e9, keep: 100 } });
    const names = [...(await store.list())].sort();
    expect(names).toEqual(['000000001', '000000007', '000000014', '000000021'].map((step) => `step-${step}.safetensors`));
    await store.remove(names.at(-1)!);
    const resumed = await run({ checkpoints: { store, resume: true } });
    expect(resumed.result.history.map(({ epoch }) => epoch)).toEqual([3]);
    expect(resumed.weights).toEqual(whole.weights);
    await expect(run({ checkpoints: { store: memoryStore(), everyEpochs: 0 } })).rejects.toThrow('`everyEpochs` must be a whole number');
  });

  test('a checkpoint is written when one is wanted, which is not asked while another is being written', async () => {
    const store = memoryStore();
    let writeFirst = (): void => {};
    const mayBeWritten = new Promise<void>((resolve) => (writeFirst = resolve));
    const slow: CheckpointStore = { ...store, write: (...file) => mayBeWritten.then(() => store.write(...file)) };
    const written: number[] = [];
    const asked: number[] = [];
    let step = 0;
    const firstIsWritten = async (): Promise<void> => {
      writeFirst();
      await expect.poll(() => written, { timeout: 30_000 }).toEqual([1]);
    };
    const wanted = (): boolean => {
      asked.push(step);
      return step === 8;
    };
    await run({
      hooks: [hook({ onStep: (report) => ((step = report.step), step === 8 ? firstIsWritten() : undefined) })],
      checkpoints: { store: slow, everySeconds: 1e9, wanted },
      onEvent: (event) => event.type === 'checkpoint' && written.push(event.step),
    });
    expect(written).toEqual([1, 8, 21]);
    expect(asked.slice(0, 2)).toEqual([1, 8]);
  });

  test('an empty store starts at the beginning; a finished run is left as it is', async () => {
    const store = memoryStore();
    const whole = await run({ checkpoints: { store, resume: true } });
    const again = await run({ checkpoints: { store, resume: true } });
    expect(again.weights).toEqual(whole.weights);
    expect(again.result).toMatchObject({ step: 21, stopped: 'finished', history: [] });
  });

  test('a damaged checkpoint is passed over, and said so', async () => {
    const store = memoryStore();
    const whole = await run({ checkpoints: { store, everySteps: 1, everySeconds: 0, keep: 5 } });
    const newest = [...(await store.list())].sort().at(-1)!;
    const bytes = await store.read(newest);
    bytes[bytes.length - 3]! ^= 4;
    await store.write(newest, bytes);
    const resumed = await run({ checkpoints: { store, resume: true } });
    expect(resumed.events[0]).toMatchObject({ type: 'refused', name: newest, message: expect.stringContaining('SHA-256') });
    expect(resumed.weights).toEqual(whole.weights);
  });

  test("hooks' state is kept", async () => {
    const counter = (): Hook & { count: number } => ({
      kind: 'hook',
      name: 'counter',
      count: 0,
      onStep() {
        this.count++;
      },
      saveState() {
        return this.count;
      },
      loadState(state) {
        this.count = state as number;
      },
    });
    const store = memoryStore();
    const first = counter();
    await run({ hooks: [first], epochs: 1, checkpoints: { store } });
    const second = counter();
    await run({ hooks: [second], epochs: 2, checkpoints: { store, resume: true } });
    expect([first.count, second.count]).toEqual([7, 14]);
    await expect(run({ epochs: 2, checkpoints: { store, resume: true } })).rejects.toMatchObject({
      code: 'state-mismatch',
      message: expect.stringContaining('counter'),
    });
  });

  test("hooks' tensors are kept beside their state, each hook's own", async () => {
    type Kept = Parameters<NonNullable<Hook['loadTensors']>>[0];
    const keeper = (name: string, value: number): Hook & { kept: Kept } => ({
      kind: 'hook',
      name,
      kept: new Map([['a/b', { dtype: 'float32', shape: [2], values: Float32Array.of(value, -value) }]]),
      saveTensors() {
        return this.kept;
      },
      loadTensors(tensors) {
        this.kept = tensors;
      },
    });
    const store = memoryStore();
    await run({ hooks: [keeper('k', 1), keeper('k/a', 2)], epochs: 1, checkpoints: { store } });
    const [first, second] = [keeper('k', 0), keeper('k/a', 0)];
    await run({ hooks: [first, second], epochs: 1, checkpoints: { store, resume: true } });
    expect([...first.kept]).toEqual([['a/b', { dtype: 'float32', shape: [2], values: Float32Array.of(1, -1) }]]);
    expect([...second.kept]).toEqual([['a/b', { dtype: 'float32', shape: [2], values: Float32Array.of(2, -2) }]]);
  });

  test('a checkpoint of another model is refused with both sides, and changes nothing', async () => {
    const store = memoryStore();
    await run({ epochs: 1, checkpoints: { store } });
    const other = sequential({ layers: [layers.dense({ units: 3, inputShape: [4] })] });
    const weights = weightsOf(other);
    await expect(run({ model: other, checkpoints: { store, resume: true } })).rejects.toMatchObject({
      code: 'state-mismatch',
      message: expect.stringMatching(/0\/kernel \[4, 5\].*this model has.*0\/kernel \[4, 3\]/),
    });
    expect(weightsOf(other)).toEqual(weights);
    other.dispose();
  });

  test('another batch size is refused, a new run in a used store too', async () => {
    const store = memoryStore();
    await run({ epochs: 1, checkpoints: { store } });
    await expect(
      run({ batches: batches(points(), { batchSize: 5, shuffle: 7 }), checkpoints: { store, resume: true } }),
    ).rejects.toMatchObject({ code: 'state-mismatch' });
    await expect(run({ checkpoints: { store } })).rejects.toMatchObject({
      code: 'invalid-argument',
      message: expect.stringContaining('resume: true'),
    });
  });

  test('what a store throws ends the run', async () => {
    const full: CheckpointStore = { ...memoryStore(), write: () => Promise.reject(new Error('ENOSPC: no space left')) };
    await expect(run({ checkpoints: { store: full } })).rejects.toThrow('no space left');
  });
});

describe('weights at rest', () => {
  beforeAll(() => tf.setBackend('cpu'));

  const normalized = (): Sequential =>
    sequential({
      layers: [layers.dense({ units: 2, inputShape: [2] }), layers.batchNormalization(), layers.dense({ units: 1, trainable: false })],
    });

  test('only those that are trained can be copied, and put back into part of a model', async () => {
    const model = normalized();
    const trained = await captureWeights(model, { trainable: true });
    expect([...trained.keys()]).toEqual(['model/0/kernel', 'model/0/bias', 'model/1/gamma', 'model/1/beta']);
    const other = normalized();
    const own = await captureWeights(other);
    restoreWeights(other, trained, 'test', { partial: true });
    expect(await captureWeights(other)).toEqual(new Map([...own, ...trained]));
    expect(() => restoreWeights(other, trained, 'test')).toThrow(expect.objectContaining({ code: 'state-mismatch' }));
    const foreign = new Map([...trained, ['model/9/kernel', trained.get('model/0/kernel')!] as const]);
    expect(() => restoreWeights(other, foreign, 'test', { partial: true })).toThrow(expect.objectContaining({ code: 'state-mismatch' }));
    expect(await captureWeights(other)).toEqual(new Map([...own, ...trained]));
    model.dispose();
    other.dispose();
  });

  test('those of a checkpoint are the model’s', async () => {
    const store = memoryStore();
    const { weights } = await run({ checkpoints: { store } });
    const found = checkpointWeights((await latestCheckpoint(store))!);
    expect([...found.keys()].every((name) => name.startsWith('model/'))).toBe(true);
    expect([...found.values()].flatMap(({ values }) => [...values]).sort()).toEqual(weights.toSorted());
  });
});
