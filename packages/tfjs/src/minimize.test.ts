import { add, transform, zeros, zerosIn, type LossAccess, type Transform } from '@downhill/core';
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-layers'; // registers the gradients of tfjs's operations
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, test } from 'vitest';
import { optimizer, type OptimizerOptions } from './optimizer.ts';

/** Keeps its last two gradients, newest first, and hands on the gradient before them. */
const delayed = (fault?: (access: LossAccess<tf.Tensor>) => void): Transform =>
  transform<'last' | 'count', never, tf.Tensor>({
    name: 'delayed',
    config: {},
    slots: { last: zerosIn(2), count: zeros },
    gradients(access) {
      const { gradients } = access.evaluate();
      for (const [name, gradient] of Object.entries(gradients)) {
        const [newest] = tf.unstack(access.slot(name, 'last'));
        access.setSlot(name, 'last', tf.stack([gradient, newest!]));
        access.setSlot(name, 'count', tf.add(access.slot(name, 'count'), 1));
      }
      fault?.(access);
      return Object.fromEntries(Object.keys(gradients).map((name) => [name, tf.unstack(access.slot(name, 'last'))[1]!]));
    },
    update: (g) => g,
  });

describe('a rule that looks at the loss', () => {
  beforeAll(() => tf.setBackend('cpu'));

  function way(rule: Transform, factors: readonly number[], options: OptimizerOptions = {}): readonly number[] {
    const w = tf.tidy(() => tf.variable(tf.tensor1d([0, 0]), true, 'w'));
    const ours = optimizer(rule, options);
    try {
      return factors.map((factor) => {
        ours.minimize(() => tf.sum(tf.mul(w, factor)));
        return w.dataSync()[0]!;
      });
    } finally {
      ours.dispose();
      w.dispose();
    }
  }

  test('keeps in its slots what it sets there, several tensors in one', () => {
    const before = tf.memory().numTensors;
    expect(way(delayed(), [1, 10, 100, 1000])).toEqual([0, 0, -1, -11]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test('sees in its kernel what it has just set', () => {
    const told = transform<'twice', never, tf.Tensor>({
      name: 'told',
      config: {},
      slots: { twice: zeros },
      gradients({ evaluate, setSlot }) {
        const { gradients } = evaluate();
        for (const [name, gradient] of Object.entries(gradients)) setSlot(name, 'twice', tf.mul(gradient, 2));
        return gradients;
      },
      update: (g, { slots }) => add(g, slots.twice),
    });
    expect(way(told, [1, 10])).toEqual([-3, -33]);
  });

  test('keeps nothing of a step that is skipped', () => {
    expect(way(delayed(), [1, 10, 100], { nonFinite: 'skip' })).toEqual([0, 0, -1]);
    const wild = transform<'seen', never, tf.Tensor>({
      name: 'wild',
      config: {},
      slots: { seen: zeros },
      gradients({ evaluate, setSlot, slot }) {
        const { w } = evaluate().gradients;
        setSlot('w', 'seen', tf.onesLike(w!));
        return { w: tf.add(w!, slot('w', 'seen')) };
      },
      update: (g) => g,
    });
    expect(way(wild, [1, Number.NaN, 1, 1], { nonFinite: 'skip' })).toEqual([-1, -1, -3, -5]);
  });

  test('begins each look with the weights beside the trained ones as they were, and leaves them as the first look did', () => {
    const before = tf.memory().numTensors;
    const [w, u, still] = ['w', 'u', 'still'].map((name) =>
      tf.tidy(() => tf.variable(tf.tensor1d([1, 2]), name === 'w', name)),
    ) as tf.Variable[];
    const seen: number[] = [];
    const rule = transform<never, never, tf.Tensor>({
      name: 'thrice',
      config: {},
      gradients({ evaluate, setWeight }) {
        evaluate();
        setWeight('w', tf.tensor1d([5, 5]));
        evaluate();
        return evaluate().gradients;
      },
      update: (g) => g,
    });
    const ours = optimizer(rule);
    ours.minimize(
      () => {
        seen.push(u!.dataSync()[0]!);
        tf.tidy(() => u!.assign(tf.add(u!, tf.mean(w!))));
        return tf.sum(tf.mul(w!, still!));
      },
      false,
      [w!],
    );
    expect(seen).toEqual([1, 1, 1]);
    expect([...u!.dataSync()]).toEqual([2.5, 3.5]);
    expect([...w!.dataSync()]).toEqual([0, 0]);
    ours.dispose();
    tf.dispose([w!, u!, still!]);
    expect(tf.memory().numTensors).toBe(before);
  });

  test.each<[string, (access: LossAccess<tf.Tensor>) => void, object]>([
    ['a slot of another shape', ({ setSlot }) => setSlot('w', 'count', tf.zeros([3])), { code: 'shape-mismatch' }],
    ['a slot that it has not declared', ({ setSlot }) => setSlot('w', 'other', tf.zeros([2])), { code: 'unknown-name' }],
    ['a variable that there is not', ({ slot }) => slot('v', 'count'), { code: 'unknown-name' }],
  ])('is refused %s, and leaves nothing behind', (_, fault, error) => {
    const before = tf.memory().numTensors;
    expect(() => way(delayed(fault), [1])).toThrow(expect.objectContaining(error));
    expect(tf.memory().numTensors).toBe(before);
  });
});
