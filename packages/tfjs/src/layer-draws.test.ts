import '@tensorflow/tfjs-backend-cpu';
import { filledWith, transform, type Key } from '@downhill/core';
import { add, clone, mean, memory, ones, tidy, type Scalar, type Tensor } from '@tensorflow/tfjs-core';
import { layers, model as modelOf, sequential, type LayersModel, type SymbolicTensor } from '@tensorflow/tfjs-layers';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { drawCounts, layerDraws, setDrawCounts, withLayersKeptOn, type LayerDraws } from './layer-draws.ts';
import { seedModel } from './layers.ts';
import { optimizer } from './optimizer.ts';

/** Notes the keys that it draws with. */
class Drawing extends layers.Layer {
  static get className(): string {
    return 'TestDrawing';
  }
  readonly keys: Key[] = [];
  readonly draws: LayerDraws;

  constructor({ seed = 0, ...config }: { seed?: number; inputShape?: number[] } = {}) {
    super(config);
    this.draws = layerDraws(this, seed);
  }

  override call(inputs: Tensor | Tensor[], { training = false }: { training?: boolean } = {}): Tensor {
    const draw = this.draws.next(training);
    if (draw !== undefined) this.keys.push(draw.key);
    return clone([inputs].flat()[0]!);
  }
}

const keysOf = (model: LayersModel): Key[][] => model.layers.filter((layer) => layer instanceof Drawing).map(({ keys }) => keys);

function net(seeds: readonly [number, number] = [0, 0]): LayersModel {
  return sequential({
    layers: [new Drawing({ inputShape: [2], seed: seeds[0] }), layers.dense({ units: 2 }), new Drawing({ seed: seeds[1] })],
  });
}

function forward(model: LayersModel, times = 1, training = true): void {
  for (let i = 0; i < times; i++)
    tidy(() => {
      model.apply(ones([1, 2]), { training });
    });
}

describe('a stochastic layer', () => {
  test('draws with another key at each training forward, in each place, under each seed', () => {
    const models = [net(), net(), net([1, 1])];
    models.forEach((model, i) => {
      seedModel(model, i === 1 ? 8 : 7);
      forward(model, 3);
    });
    const all = models.flatMap(keysOf).flat();
    expect(all).toHaveLength(18);
    expect(new Set(all.map(String)).size).toBe(18);
  });

  test('draws the same in a model that is built again', () => {
    const [a, b] = [net(), net()];
    for (const model of [a, b]) {
      seedModel(model, 7);
      forward(model, 2);
    }
    expect(keysOf(b)).toEqual(keysOf(a));
  });

  test('keeps still and does not count outside training', () => {
    const model = net();
    seedModel(model, 7);
    forward(model, 2, false);
    expect(keysOf(model)).toEqual([[], []]);
    expect(drawCounts(model)).toEqual({ 0: 0, 2: 0 });
  });

  test('goes on where it was when its count is put back', () => {
    const [whole, resumed] = [net(), net()];
    seedModel(whole, 7);
    forward(whole, 2);
    const counts = drawCounts(whole);
    expect(counts).toEqual({ 0: 2, 2: 2 });
    forward(whole);
    seedModel(resumed, 7);
    setDrawCounts(resumed, counts);
    forward(resumed);
    expect(keysOf(resumed)).toEqual(keysOf(whole).map((keys) => keys.slice(2)));
  });

  test('begins anew when the model is seeded again', () => {
    const model = net();
    seedModel(model, 7);
    forward(model);
    seedModel(model, 7);
    forward(model);
    for (const [first, second] of keysOf(model)) expect(second).toEqual(first);
  });

  test('that is inside another layer has a place of its own', () => {
    const inner = new Drawing({});
    const model = sequential({ layers: [new Drawing({ inputShape: [3, 2] }), layers.timeDistributed({ layer: inner })] });
    seedModel(model, 7);
    expect(Object.keys(drawCounts(model))).toEqual(['0', '1.1']);
  });

  test('that is used twice draws twice a forward', () => {
    const drawing = new Drawing();
    const input = layers.input({ shape: [2] });
    const once = drawing.apply(input) as SymbolicTensor;
    const model = modelOf({ inputs: input, outputs: drawing.apply(once) as SymbolicTensor });
    seedModel(model, 7);
    forward(model);
    expect(drawing.keys[0]).not.toEqual(drawing.keys[1]);
    expect(drawCounts(model)).toEqual({ 1: 2 });
  });

  test('refuses a seed that is no whole number', () => {
    expect(() => new Drawing({ seed: 0.5 })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  });
});

describe('within one step', () => {
  /** Looks at the loss three times. */
  const lookThrice = transform({
    name: 'lookThrice',
    config: {},
    slots: { m: filledWith(0) },
    gradients: ({ evaluate }) => {
      evaluate();
      evaluate();
      return evaluate().gradients;
    },
    update: (g) => g,
  });

  test('all evaluations of the loss draw the same, the next step anew', () => {
    const model = net();
    seedModel(model, 7);
    const given = optimizer(lookThrice);
    const loss = (): Scalar => mean(model.apply(ones([1, 2]), { training: true }) as Tensor);
    const variables = model.trainableWeights.map((weight) => weight.read() as never);
    const left = [1, 2].map(() => {
      given.minimize(() => add(loss(), loss()), false, variables);
      return memory().numTensors;
    });
    expect(left[1]).toBe(left[0]);
    for (const keys of keysOf(model)) {
      expect(keys).toHaveLength(12); // two forwards an evaluation
      const [a, b, c, d, e, f] = [0, 2, 4, 6, 8, 10].map((from) => keys.slice(from, from + 2));
      expect([b, c]).toEqual([a, a]);
      expect([e, f]).toEqual([d, d]);
      expect(new Set([...a!, ...d!].map(String)).size).toBe(4);
    }
    expect(drawCounts(model)).toEqual({ 0: 4, 2: 4 });
    given.dispose();
  });
});

describe('layers kept on', () => {
  test('draw by the seed and the pass, outside training too, and count nothing', () => {
    const model = net();
    seedModel(model, 7);
    const pass = (seed: number, number: number): void => withLayersKeptOn({ seed, pass: number }, () => forward(model, 1, false));
    pass(1, 0);
    pass(1, 1);
    pass(2, 0);
    pass(1, 0);
    for (const [a, b, c, again] of keysOf(model)) {
      expect(new Set([a, b, c].map(String)).size).toBe(3);
      expect(again).toEqual(a);
    }
    expect(drawCounts(model)).toEqual({ 0: 0, 2: 0 });
    forward(model, 1, false);
    expect(keysOf(model)[0]).toHaveLength(4);
  });
});

describe('a layer that was never told its place', () => {
  afterEach(() => vi.restoreAllMocks());

  test('goes by its seed and the layers above it, and says once where two are alike', () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const [a, b] = [net(), net()]; // two models of one build draw the same, and that is no mistake
    forward(a, 2);
    forward(b, 2);
    expect(keysOf(b)).toEqual(keysOf(a));
    expect(new Set(keysOf(a).flat().map(String)).size).toBe(4);
    expect(warn).not.toHaveBeenCalled();

    const input = layers.input({ shape: [2] });
    const branch = (seed: number): SymbolicTensor =>
      new Drawing({ seed }).apply(layers.dense({ units: 2 }).apply(input) as SymbolicTensor) as SymbolicTensor;
    const outputs = layers.concatenate().apply([branch(3), branch(3), branch(4), branch(4)]) as SymbolicTensor;
    const branches = modelOf({ inputs: input, outputs });
    forward(branches);
    const [[first], [twin], [other]] = keysOf(branches) as [Key[], Key[], Key[]];
    expect(twin).toEqual(first);
    expect(other).not.toEqual(first);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn.mock.calls[0]?.[0]).toContain('seedModel');
  });
});
