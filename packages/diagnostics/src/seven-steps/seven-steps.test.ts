import { DownhillError } from '@downhill/core';
import { adamw } from '@downhill/optimizers';
import { seedModel } from '@downhill/tfjs/layers';
import { meanSquaredError, weightsHash, type ArrayData, type FunctionModel } from '@downhill/training';
import * as tf from '@tensorflow/tfjs-core';
import { layers, sequential, type Sequential } from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import {
  checkText,
  gridSearch,
  sevenSteps,
  terminalChart,
  type GuidedEvent,
  type Search,
  type SearchDimension,
  type SevenStepsOptions,
} from '../index.ts';
import { sevenStepsPage } from '../report.ts';

/** Three clouds of points in four dimensions. */
function clouds(examples = 96): ArrayData {
  const values = Float32Array.from(
    { length: examples * 4 },
    (_, i) => 0.4 * Math.sin(i * 12.9898) + (i % 4 === Math.floor(i / 4) % 3 ? 2 : 0),
  );
  return { xs: { values, shape: [4] }, ys: { values: Int32Array.from({ length: examples }, (_, i) => i % 3), shape: [] } };
}

const net = (): Sequential =>
  sequential({ layers: [layers.dense({ units: 8, inputShape: [4], activation: 'tanh' }), layers.batchNormalization(), layers.dense({ units: 3 })] }); // prettier-ignore

/** A walk of well under a second. */
const small = {
  batchSize: 16,
  rateSteps: 20,
  rates: [0.1, 0.001],
  coarse: { trials: 4, epochs: 1 },
  fine: { trials: 2, epochs: 3 },
  weightDecays: [1e-4, 0],
  seed: 1,
} satisfies SevenStepsOptions;

const stepsOf = ({ steps }: { readonly steps: readonly { readonly step: number }[] }): number[] => steps.map(({ step }) => step);

onEachBackend('the seven steps', () => {
  test('a healthy net walks them all, and is afterwards what it was, to the bit', async () => {
    const model = net();
    seedModel(model, 1);
    const before = await weightsHash(model);
    const tensors = tf.memory().numTensors;
    const found = await sevenSteps(model, { training: clouds() }, small);
    expect(stepsOf(found)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(found).toMatchObject({ skipped: [], stopped: 'finished', diagnosis: { finding: expect.any(String) } });
    expect(found.steps.slice(0, 4).map(({ verdict }) => verdict)).not.toContain('failed');
    for (const step of found.steps) {
      expect(step.picture).toMatch(/^<svg [\s\S]*<path class="line"[\s\S]*<\/svg>$/);
      for (const text of [step.name, step.summary, step.meaning, step.advice]) expect(text).toMatch(/\S/);
      for (const number of Object.values(step.numbers)) expect(number).not.toBeNaN();
    }
    expect(found.trials.map(({ step }) => step)).toEqual([4, 4, 4, 4, 5, 5]);
    const { settings, loss } = found.trials.reduce((a, b) => (b.loss < a.loss ? b : a));
    expect(found.best).toEqual(settings);
    expect(loss).toBeLessThan(Math.log(3));
    expect(await weightsHash(model)).toBe(before);
    expect(tf.memory().numTensors).toBe(tensors);
    model.dispose();
  });

  test('a rule and a search of one’s own are used, and a model without layers walks too', async () => {
    const w = tf.tidy(() => tf.variable(tf.zeros([4, 3])));
    const model: FunctionModel = { variables: [w], predict: (xs) => tf.matMul(xs as tf.Tensor2D, w as tf.Tensor as tf.Tensor2D) };
    const requests: unknown[] = [];
    const search: Search = async ({ evaluate, ...request }) => {
      requests.push(request);
      const [learningRate, weightDecay] = [0.1, 1e-5];
      const settings = { learningRate, weightDecay } as Parameters<typeof evaluate>[0];
      const losses = await Promise.all([evaluate(settings), evaluate(settings)]); // at once: they wait for one another
      expect(losses[0]).toBe(losses[1]);
      return { best: settings, trials: [{ settings, loss: losses[0] }] };
    };
    const { best, trials } = await sevenSteps(model, clouds(), { ...small, search, transform: (settings) => adamw(settings) });
    expect(requests).toMatchObject([
      { budget: 4, seed: 1, space: { learningRate: { kind: 'float' }, weightDecay: { kind: 'categorical', choices: [1e-4, 0] } } },
      { budget: 2, seed: 1, space: { learningRate: { kind: 'float' }, weightDecay: { kind: 'float' } } },
    ]);
    expect(best).toEqual({ learningRate: 0.1, weightDecay: 1e-5 });
    expect(trials).toHaveLength(4);
    expect([...w.dataSync()]).toEqual(new Array(12).fill(0));
    w.dispose();
  });
});

describe('the seven steps', () => {
  beforeAll(async () => void (await tf.setBackend('wasm')));

  test('the same seed gives the same result, also from another model of the same factory; another seed another', async () => {
    const walk = (seed: number) => sevenSteps(net, clouds(), { ...small, seed });
    const [one, two, other] = [await walk(5), await walk(5), await walk(6)];
    expect(two).toEqual(one);
    expect(other.steps[0]!.numbers).not.toEqual(one.steps[0]!.numbers);
  });

  test('a search may also be drawn: settings of its own count, whatever their number', async () => {
    const search: Search = async ({ space, evaluate, budget, seed }) => gridSearch({ space, evaluate, budget: budget + 1, seed });
    const { trials } = await sevenSteps(net, clouds(), { ...small, search });
    expect(trials.length).toBeGreaterThan(6);
  });

  test('what cannot learn ends the walk where later steps make no sense, and says so', async () => {
    const data = clouds();
    const hopeless = { ...data, xs: { ...data.xs, values: new Float32Array(data.xs.values.length) } };
    const found = await sevenSteps(net, hopeless, small);
    expect(stepsOf(found)).toEqual([1, 2, 7]);
    expect(found.steps[1]).toMatchObject({ verdict: 'failed' });
    expect(found.skipped.map(({ step }) => step)).toEqual([3, 4, 5, 6]);
    expect(found.skipped[0]!.reason).toContain('mend step 2 first');
    expect(found).toMatchObject({ best: undefined, trials: [], diagnosis: undefined });
    expect(found.next[0]).toMatch(/^Mend step 2, /);
  });

  test('a loss that is not finite is a finding, not an error', async () => {
    const data = clouds();
    const found = await sevenSteps(
      net,
      { ...data, xs: { ...data.xs, values: data.xs.values.map(() => Number.NaN) as Float32Array } },
      small,
    );
    expect(stepsOf(found)).toEqual([1, 7]);
    expect(found.steps[0]).toMatchObject({ verdict: 'failed' });
  });

  test('where every run of the coarse search blows up there is nothing to refine, and the curves say so', async () => {
    const found = await sevenSteps(net, clouds(), {
      ...small,
      search: async ({ evaluate, space }) => {
        const settings = Object.fromEntries(Object.keys(space).map((name) => [name, name === 'learningRate' ? 1e30 : 0]));
        const loss = await evaluate(settings as Parameters<typeof evaluate>[0]);
        return {
          best: settings as Parameters<typeof evaluate>[0],
          trials: [{ settings: settings as Parameters<typeof evaluate>[0], loss }],
        };
      },
    });
    expect(stepsOf(found)).toEqual([1, 2, 3, 4, 6, 7]);
    expect(found.steps.map(({ verdict }) => verdict).slice(3)).toEqual(['failed', 'failed', 'failed']);
    expect(found.trials[0]).toMatchObject({ loss: Infinity, curves: { trainLoss: [null] } });
    expect(found.diagnosis?.finding).toBe('diverged_nan');
    expect(found.best).toBeUndefined();
  });

  test('where no rate makes the loss fall there is nothing to search among', async () => {
    const found = await sevenSteps(net, clouds(), { ...small, rates: [1e-9], rateSteps: 2 });
    expect(stepsOf(found)).toEqual([1, 2, 3, 7]);
    expect(found.steps[2]).toMatchObject({ verdict: 'failed', numbers: { learningRate: 1e-9 } });
    expect(found.skipped.map(({ step }) => step)).toEqual([4, 5, 6]);
    expect(found.next[0]).toMatch(/^Mend step 3, /);
  });

  test('a best rate at the end of all that was tried is told, with the way to look', async () => {
    const at =
      (end: 'low' | 'high'): Search =>
      async (request) => {
        const { learningRate } = request.space as Record<string, SearchDimension & { kind: 'float' }>;
        const settings = { learningRate: learningRate![end], weightDecay: 0 } as Parameters<typeof request.evaluate>[0];
        return { best: settings, trials: [{ settings, loss: await request.evaluate(settings) }] };
      };
    const coarse = async (end: 'low' | 'high') =>
      (await sevenSteps(net, clouds(), { ...small, rates: [0.01], coarse: { trials: 1, epochs: 9 }, search: at(end) })).steps[3];
    expect(await coarse('low')).toMatchObject({ verdict: 'warning', advice: expect.stringContaining('look further down') });
    expect(await coarse('high')).toMatchObject({ verdict: 'warning', advice: expect.stringContaining('look further up') });
  });

  test('a search that hears of the loss after each epoch ends runs early', async () => {
    const heard: number[] = [];
    const search: Search = async ({ evaluate, space }) => {
      const { low } = space['learningRate' as never] as SearchDimension & { kind: 'float' };
      const settings = { learningRate: low, weightDecay: 0 } as Parameters<typeof evaluate>[0];
      const loss = await evaluate(settings, async (epoch, value) => heard.push(value) === 2 && epoch === 2);
      expect(loss).toBe(heard.at(-1));
      return { best: settings, trials: [{ settings, loss }] };
    };
    const { trials } = await sevenSteps(net, clouds(), {
      ...small,
      coarse: { trials: 1, epochs: 5 },
      fine: { trials: 1, epochs: 5 },
      search,
    });
    expect(trials[0]!.curves.validationLoss).toEqual(heard.slice(0, 2));
    expect(trials[1]!.curves.validationLoss).toHaveLength(5);
  });

  test('a regression walks too, with validation data and penalties of its own, and without accuracies', async () => {
    const line = (examples: number): ArrayData => {
      const values = Float32Array.from({ length: examples }, (_, i) => (2 * i) / examples - 1);
      return { xs: { values, shape: [1] }, ys: { values: values.map((x) => 3 * x + 1), shape: [1] } };
    };
    let asked = 0;
    const penalties = (): tf.Scalar => {
      asked += 1;
      return tf.scalar(0);
    };
    const found = await sevenSteps(
      () => sequential({ layers: [layers.dense({ units: 1, inputShape: [1] })] }),
      { training: line(64), validation: line(10) },
      { ...small, loss: meanSquaredError, penalties },
    );
    expect(stepsOf(found)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const [{ curves }] = found.trials as [(typeof found.trials)[number]];
    expect(curves).toMatchObject({ lossFunction: 'meanSquaredError', initialLoss: found.steps[0]!.numbers['measured'] });
    expect(curves).not.toHaveProperty('trainAccuracy');
    expect(found.steps[3]!.table?.columns).not.toContain('accuracy');
    expect(asked).toBeGreaterThan(0);
  });

  test('tells of each step as it begins and ends, and how far it is', async () => {
    const events: GuidedEvent[] = [];
    await sevenSteps(net, clouds(), { ...small, onEvent: (event) => events.push(event) });
    const of = (type: GuidedEvent['type']) => events.filter((event) => event.type === type).map(({ step }) => step);
    expect([of('begin'), of('end')]).toEqual([
      [1, 2, 3, 4, 5, 6, 7],
      [1, 2, 3, 4, 5, 6, 7],
    ]);
    expect(of('trial')).toEqual([4, 4, 4, 4, 5, 5]);
    for (const step of [1, 2, 3, 4, 5]) {
      const done = events.flatMap((event) => (event.type === 'progress' && event.step === step ? [[event.done, event.of]] : []));
      expect(done.length).toBeGreaterThan(0);
      expect(done.map(([at]) => at)).toEqual(done.map(([at]) => at).sort((a, b) => a! - b!));
      for (const [at, all] of done) expect(at).toBeLessThanOrEqual(all!);
      if (step !== 2) expect(done.at(-1)![0], `step ${step}`).toBe(done.at(-1)![1]);
    }
  });

  test.each([
    ['in step 1', ({ type }: GuidedEvent) => type === 'begin', []],
    ['in step 3', ({ type, step }: GuidedEvent) => type === 'progress' && step === 3, [1, 2]],
    ['in the first run of step 4', (event: GuidedEvent) => event.type === 'progress' && event.text.startsWith('run 1'), [1, 2, 3]],
    ['after a run of step 4', ({ type }: GuidedEvent) => type === 'trial', [1, 2, 3, 4]],
    ['in the second run of step 4', (event: GuidedEvent) => event.type === 'progress' && event.text.startsWith('run 2'), [1, 2, 3, 4]],
  ])('stopped %s it ends cleanly with what it has', async (_, when, expected) => {
    const model = net();
    const before = await weightsHash(model);
    const tensors = tf.memory().numTensors;
    const controller = new AbortController();
    const onEvent = (event: GuidedEvent): void => {
      if (when(event)) controller.abort();
    };
    const found = await sevenSteps(model, clouds(), { ...small, signal: controller.signal, onEvent });
    expect(stepsOf(found)).toEqual(expected);
    expect(found.stopped).toBe('signal');
    expect([...stepsOf(found), ...found.skipped.map(({ step }) => step)]).toEqual([1, 2, 3, 4, 5, 6, 7]);
    if (expected.includes(4))
      expect(found.steps.at(-1)).toMatchObject({
        numbers: { trials: 1 },
        verdict: expect.not.stringMatching('ok'),
        summary: expect.stringContaining('cut off after 1 of 4'),
      });
    expect([await weightsHash(model), tf.memory().numTensors]).toEqual([before, tensors]);
    model.dispose();
  });

  test('a search that says in its own way that it was asked to stop is no error', async () => {
    const controller = new AbortController();
    const search: Search = async ({ evaluate, signal }) => {
      const settings = { learningRate: 0.1, weightDecay: 0 } as Parameters<typeof evaluate>[0];
      await evaluate(settings);
      controller.abort();
      signal!.throwIfAborted();
      return { best: undefined, trials: [] };
    };
    const found = await sevenSteps(net, clouds(), { ...small, search, signal: controller.signal });
    expect(stepsOf(found)).toEqual([1, 2, 3, 4]);
    expect(found.trials).toHaveLength(1);
  });

  test('an error of the search or of who listens comes through, and leaves nothing behind', async () => {
    const tensors = tf.memory().numTensors;
    const failing = async (): Promise<never> => {
      throw new Error('search fell over');
    };
    await expect(sevenSteps(net, clouds(), { ...small, search: failing })).rejects.toThrow('search fell over');
    const onEvent = ({ type }: GuidedEvent): void => {
      if (type === 'trial') throw new Error('nobody listens');
    };
    await expect(sevenSteps(net, clouds(), { ...small, onEvent })).rejects.toThrow('nobody listens');
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test.each<[string, SevenStepsOptions, string]>([
    ['a misspelled option', { sed: 1 } as SevenStepsOptions, 'Did you mean `seed`?'],
    ['no rate', { rates: [] }, '`rates.length` must be a finite number, at least 1'],
    ['a rate of 0', { rates: [0] }, '`rate` must be a finite number, above 0'],
    ['no trial', { fine: { trials: 0, epochs: 1 } }, '`fine.trials`'],
    ['a rule that is none', { transform: (() => 3) as never }, '`transform` must be a function that makes a rule'],
    ['a search that is none', { search: 'grid' as never }, '`search` must be a function, got "grid"'],
    ['a loss function that there is not', { lossFunction: 'hinge' as never }, "`lossFunction` must be one of 'crossEntropy'"],
    ['a best that was not tried', { search: async () => ({ best: { a: 1 } as never, trials: [] }) }, '`search` must give { best, trials }'],
  ])('refuses %s', async (_, options, message) => {
    const tensors = tf.memory().numTensors;
    const refused = sevenSteps(net, clouds(), { ...small, ...options });
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.toBeInstanceOf(DownhillError);
    expect(tf.memory().numTensors).toBe(tensors);
  });

  test('refuses data without training examples, and what is no model', async () => {
    await expect(sevenSteps(net, {} as never, small)).rejects.toThrow('`data` must be { training, validation }');
    await expect(sevenSteps(3 as never, clouds(), small)).rejects.toThrow('`model` must be a LayersModel');
  });

  test('its page holds every step and loads nothing; its steps print as checks, its charts in a terminal', async () => {
    const found = await sevenSteps(net, clouds(), small);
    const page = sevenStepsPage({ ...found, next: ['<b>first</b>'] }, { title: 'Clouds & nets' });
    for (const { name, picture } of found.steps) {
      expect(page).toContain(name);
      expect(page).toContain(encodeURIComponent(picture));
    }
    expect(page).toContain('<title>Clouds &amp; nets</title>');
    expect(page).toContain('&lt;b&gt;first&lt;/b&gt;');
    expect(page).not.toMatch(/<script|https?:\/\/(?!www\.w3)/);
    const [first, , , coarse] = found.steps;
    expect(checkText(first!)).toContain('initial loss: the loss of the untrained model is');
    const { series, logX = false, logY = false } = coarse!.chart;
    expect(terminalChart(series, { logX, logY })).toContain('weight decay 0');
    const stopped = sevenStepsPage({ ...found, steps: found.steps.slice(0, 2), skipped: [{ step: 3, name: 'a', reason: 'Because.' }], stopped: 'signal' }); // prettier-ignore
    expect(stopped).toMatch(/Stopped before its end[\s\S]*skipped[\s\S]*Because\./);
  });
});
