import { testTransform } from '@downhill/conformance';
import { chain } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { walk, type Weights } from '../test/walk.ts';
import { adam } from './adam.ts';
import { freeze } from './freeze.ts';
import { partition, type Labels } from './partition.ts';
import { sgd } from './sgd.ts';

const factories = { adam, sgd, partition };
testTransform('partition', () => partition({ matrices: adam({ learningRate: 0.1 }), rest: sgd() }, { matrices: { minRank: 2 } }), {
  factories,
});
testTransform('partition', () => partition({ a: sgd(), b: adam({ learningRate: 0.1 }) }, ({ shape }) => (shape.length > 1 ? 'b' : 'a')), {
  factories,
});

const [one, ten] = [sgd({ learningRate: 1 }), sgd({ learningRate: 10 })];

/** The weights after a step with gradients of 1, from 0. */
async function step(transforms: Parameters<typeof partition>[0], labels: Labels): Promise<Weights> {
  const from = { 'stem/w': [0], 'head/w': [0], 'head/b': [0] };
  const [after] = await walk(partition(transforms, labels), from, [{ 'stem/w': [1], 'head/w': [1], 'head/b': [1] }]);
  return after ?? {};
}

describe('partition', () => {
  test('gives each weight the transform of its label, and the rest to `rest`', async () => {
    expect(await step({ head: ten, rest: one }, { head: { names: ['head/*'] } })).toEqual({
      'stem/w': [-1],
      'head/w': [-10],
      'head/b': [-10],
    });
    expect(await step({ head: one, rest: freeze() }, { head: { names: ['head/*'] } })).toEqual({
      'stem/w': [0],
      'head/w': [-1],
      'head/b': [-1],
    });
    expect(await step({ head: one, rest: chain() }, { head: { names: ['*/b'] } })).toEqual({
      'stem/w': [-1],
      'head/w': [-1],
      'head/b': [-1],
    });
  });

  test('gives a weight that two groups take to the first of them', async () => {
    const groups = { biases: { names: ['*/b'] }, head: { names: ['head/*'] } };
    expect(await step({ head: ten, biases: freeze(), rest: one }, groups)).toEqual({ 'stem/w': [-1], 'head/w': [-10], 'head/b': [0] });
  });

  test('takes a function of name and shape, which knows `rest` too', async () => {
    const labels = ({ name }: { readonly name: string }): string => (name === 'head/b' ? 'biases' : name.split('/')[0]!);
    expect(await step({ biases: ten, rest: one }, labels)).toEqual({ 'stem/w': [-1], 'head/w': [-1], 'head/b': [-10] });
  });

  test.each<[Labels]>([[{ stem: { names: ['stem/*'] } }], [({ name }) => name.split('/')[0]!]])(
    'refuses a weight that fits no label, before anything moves: %#',
    async (labels) => {
      await expect(step({ stem: one }, labels)).rejects.toThrow(
        "[unknown-name] partition: 'head/w' [1] fits no label of stem. Widen a group, or add a transform called rest.",
      );
    },
  );

  test.each([
    [() => partition({ haed: one, rest: ten }, { head: {} }), "the group 'head' has no transform. Did you mean 'haed'?"],
    [() => partition({ head: one, tail: ten }, { head: {} }), "the transform 'tail' has no group. There are head."],
    [() => partition({}, {}), 'takes transforms by label, got {}'],
    [() => partition({ head: 'sgd' as never }, { head: {} }), 'partition: takes transforms, got "sgd"'],
    [() => partition({ head: one }, ['head'] as never), 'takes a group for each label, or a function'],
    [() => partition({ head: one }, { head: ['head/*'] as never }), 'partition: a mask must be an object'],
  ])('refuses bad input: %#', (make, message) => {
    expect(make).toThrow(message);
  });
});
