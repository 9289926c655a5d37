import { chain, transform, type Transform } from '@downhill/core';
import { adamw } from '@downhill/optimizers';
import { memoryStore, type FunctionModel, type Hook } from '@downhill/training';
import { matMul, tidy, train as tfTrain, variable, variableGrads, zeros, type Tensor2D } from '@tensorflow/tfjs-core';
import { describe, expect, test, vi } from 'vitest';
import { onEachBackend } from '../../test/each-backend.ts';
import { notebook, smallRun, source } from '../../test/small-run.ts';
import {
  cheapMeters,
  distanceMeter,
  gradientNormMeter,
  histogramMeter,
  lossMeter,
  measured,
  meter,
  meters,
  scalar,
  weightNormMeter,
  type Meter,
  type MeterProblem,
  type OnProblem,
  type Sink,
} from '../index.ts';

const failing = (method: 'afterStep' | 'follow' | 'afterEpoch' | 'saveState'): Meter =>
  meter({
    name: 'failing',
    begin: () => ({
      [method]: () => {
        throw new Error('it fails');
      },
    }),
  });
const counting = (name = 'count'): Meter => meter({ name, begin: () => ({ afterStep: ({ report }) => [scalar(name, report.step)] }) });

onEachBackend('meters', () => {
  test.each([
    ['plain', (): object => ({ transform: adamw({ learningRate: 0.05 }) })],
    ['measured', (): object => ({ transform: measured(adamw({ learningRate: 0.05 })) })],
  ])('change no bit of a run (%s)', async (_, options) => {
    const { weights } = await smallRun();
    const sink = notebook();
    const onProblem = vi.fn<OnProblem>();
    const run = { ...options(), validation: source(), hooks: [meters(cheapMeters(), { every: 1, sinks: [sink], onProblem })] };
    expect((await smallRun(run)).weights).toEqual(weights);
    expect(onProblem).not.toHaveBeenCalled();
    expect(sink.course('loss')).toHaveLength(14);
  });

  test('measure every k-th step, or at the last step of each epoch, or when a function says so', async () => {
    const steps = async (every: Parameters<typeof meters>[1]): Promise<number[]> => {
      const sink = notebook();
      await smallRun({ hooks: [meters([counting()], { ...every, sinks: [sink] })] });
      return sink.course('count').map(([step]) => step);
    };
    expect(await steps({ every: 4 })).toEqual([4, 8, 12]);
    expect(await steps({ every: 'epoch' })).toEqual([7, 14]);
    expect(await steps({ every: ({ step, epoch }) => epoch === 1 && step % 2 === 0 })).toEqual([8, 10, 12, 14]);
    expect(await steps({})).toEqual([10]);
  });

  test('let a meter have its own cadence', async () => {
    const sink = notebook();
    const own = meter({ name: 'own', every: 5, begin: () => ({ afterStep: () => [scalar('own', 0)] }) });
    await smallRun({ hooks: [meters([counting(), own], { every: 7, sinks: [sink] })] });
    expect(sink.course('count').map(([step]) => step)).toEqual([7, 14]);
    expect(sink.course('own').map(([step]) => step)).toEqual([5, 10]);
  });

  test.each(['afterStep', 'follow', 'afterEpoch', 'saveState'] as const)(
    'a meter that fails in %s is off after one word',
    async (method) => {
      const { weights } = await smallRun();
      const sink = notebook();
      const onProblem = vi.fn<OnProblem>();
      const hooks = [meters([failing(method), counting()], { every: 1, sinks: [sink], onProblem })];
      expect((await smallRun({ hooks, checkpoints: { store: memoryStore(), everySteps: 1 } })).weights).toEqual(weights);
      expect(onProblem).toHaveBeenCalledExactlyOnceWith({ source: 'failing', error: expect.objectContaining({ message: 'it fails' }) });
      expect(sink.course('count')).toHaveLength(14);
    },
  );

  test('a meter that fails in the middle of a gradient leaves nothing behind', async () => {
    const onProblem = vi.fn<OnProblem>();
    const bad = meter({
      name: 'bad',
      cost: { forward: 1, backward: 1 },
      begin: ({ objective }) => ({
        afterStep({ batch }) {
          tidy(() =>
            variableGrads(() => {
              objective!(batch, { training: false });
              throw new Error('half-way');
            }),
          );
        },
      }),
    });
    await smallRun({ hooks: [meters([bad], { every: 1, onProblem })] });
    expect(onProblem).toHaveBeenCalledTimes(1);
  });

  test('say so on the console where nobody else listens, once', async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    await smallRun({ hooks: [meters([failing('afterStep')], { every: 1 })] });
    expect(warn.mock.calls).toEqual([["Downhill: 'failing' failed, and the run goes on. it fails"]]);
    warn.mockRestore();
  });

  test('a sink that fails says so once, is tried again and closed; the others get everything', async () => {
    const onProblem = vi.fn<OnProblem>();
    const sink = notebook();
    const write = vi.fn<Sink['write']>(() => Promise.reject(new Error('the disk is full')));
    const close = vi.fn<() => void>();
    const full = { kind: 'sink', name: 'full', write, close } as const;
    await smallRun({ hooks: [meters([counting()], { every: 1, sinks: [full, sink], onProblem })] });
    expect(onProblem).toHaveBeenCalledExactlyOnceWith({
      source: 'full',
      error: expect.objectContaining({ message: expect.stringContaining('the disk is full') }),
    });
    expect([write.mock.calls.length, close.mock.calls.length, sink.course('count').length]).toEqual([14, 1, 14]);
    expect(sink.calls).toEqual(['open', 'close']);
  });

  test('close their sinks also when the run fails', async () => {
    const sink = notebook();
    const bomb: Hook = { kind: 'hook', name: 'bomb', onGradients: () => Promise.reject(new Error('boom')) };
    await expect(smallRun({ hooks: [meters(cheapMeters(), { every: 1, sinks: [sink] }), bomb] })).rejects.toThrow('boom');
    expect(sink.calls).toEqual(['open', 'close']);
  });

  test('resumed in the middle of an epoch, go on with the same numbers', async () => {
    const list = (): Meter[] => [lossMeter({ beta: 0.9 }), distanceMeter(), weightNormMeter()];
    const whole = notebook();
    await smallRun({ hooks: [meters(list(), { every: 2, sinks: [whole] })] });
    const [store, stop, first, second] = [memoryStore(), new AbortController(), notebook(), notebook()];
    const onEvent = (event: { type: string; step?: number }): void => void (event.type === 'step' && event.step === 5 && stop.abort());
    await smallRun({ hooks: [meters(list(), { every: 2, sinks: [first] })], checkpoints: { store }, signal: stop.signal, onEvent });
    await smallRun({ hooks: [meters(list(), { every: 2, sinks: [second] })], checkpoints: { store, resume: true } });
    expect(second.readings.length).toBeGreaterThan(0);
    expect([...first.readings, ...second.readings]).toEqual(whole.readings);
  });

  test('look at a run of functions and of an optimizer of tfjs, too', async () => {
    const w = tidy(() => variable(zeros([4, 3]), true, 'w'));
    const model: FunctionModel = { variables: [w], predict: (x) => matMul(x as Tensor2D, w as unknown as Tensor2D) };
    const optimizer = tfTrain.sgd(0.1);
    const sink = notebook();
    const onProblem = vi.fn<OnProblem>();
    await smallRun({ model, optimizer, hooks: [meters(cheapMeters(), { every: 7, sinks: [sink], onProblem })] });
    expect(onProblem).not.toHaveBeenCalled();
    expect(sink.readings.map(({ name }) => name)).toEqual(expect.arrayContaining(['gradient norm/w', 'update ratio/w', 'weights/w']));
    expect(sink.course('learningRate')).toEqual([
      [7, 0.1],
      [14, 0.1],
    ]);
    optimizer.dispose();
    w.dispose();
  });

  test('of a rule that takes its gradients itself show what its kernel sees', async () => {
    const again = transform({ name: 'again', config: {}, gradients: ({ evaluate }) => (evaluate(), evaluate().gradients) });
    const names = async (rule: Transform): Promise<[string[], string[]]> => {
      const [sink, off] = [notebook(), [] as string[]];
      const onProblem = ({ source: name }: MeterProblem): void => void off.push(name);
      const list = [gradientNormMeter({ perTensor: false }), histogramMeter({ of: 'gradients' }), counting()];
      await smallRun({ transform: rule, hooks: [meters(list, { every: 14, sinks: [sink], onProblem })] });
      return [sink.readings.map(({ name }) => name), off];
    };
    expect(await names(chain(again, adamw()))).toEqual([['count'], ['gradient norm', 'gradients histogram']]);
    expect(await names(measured(chain(again, adamw())))).toEqual([['gradient norm', 'count'], ['gradients histogram']]);
  });
});

describe('meters', () => {
  test.each([
    ['a list that is none', [lossMeter() as never, {}], 'a list of meters'],
    ['what is no meter', [[lossMeter, memoryStore()] as never, {}], 'takes meters, got a function'],
    ['two of one name', [[lossMeter(), lossMeter()], {}], "two meters are named 'loss'"],
    ['a cadence of 0', [[], { every: 0 }], '`every` must be a whole number, at least 1, got 0'],
    ['a cadence in words', [[], { every: 'step' as never }], "`every` must be a number of steps, 'epoch' or a function"],
    ['what is no sink', [[], { sinks: [{ write() {} } as never] }], '`sinks` takes sinks'],
    ['an unknown option', [[], { evry: 3 } as never], 'Did you mean `every`?'],
    ['no name', [[], { name: '' }], '`name` must be a text'],
  ] as const)('refuse %s', (_, [list, options], message) => {
    expect(() => meters(list, options)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }),
    );
  });
});
