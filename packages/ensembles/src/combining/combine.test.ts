import { build, register, type Plugin } from '@downhill/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { membersArbitrary } from '../../test/members.ts';
import {
  combine,
  combiner,
  geometric,
  majority,
  mean,
  median,
  oneHotOutputs,
  outputsFrom,
  predictedClasses,
  stacked,
  weighted,
  type Combiner,
  type Outputs,
} from '../index.ts';

const votes = { mean, geometric, majority, median, weighted: () => weighted([1, 1, 1, 1, 1]) };
const fiveOf = (members: readonly Outputs[]): readonly Outputs[] => Array.from({ length: 5 }, (_, i) => members[i % members.length]!);
const values = (members: readonly Outputs[], by: Combiner): number[] => [...combine(members, by).values];

describe('every vote', () => {
  test.each(Object.entries(votes))('%s gives probabilities', (_, make) => {
    fc.assert(
      fc.property(membersArbitrary, (given) => {
        const combined = combine(fiveOf(given), make());
        const [examples, classes] = given[0]!.shape;
        expect(combined.shape).toEqual([examples, classes]);
        for (let i = 0; i < examples; i++) {
          const row = Array.from(combined.values.subarray(i * classes, (i + 1) * classes));
          expect(Math.min(...row)).toBeGreaterThanOrEqual(0);
          expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
        }
      }),
    );
  });

  test.each(Object.entries(votes))('%s does not look at the order of the members', (_, make) => {
    fc.assert(
      fc.property(membersArbitrary, (given) => {
        const members = fiveOf(given);
        const [forward, backward] = [values(members, make()), values(members.toReversed(), make())];
        forward.forEach((value, i) => expect(backward[i]).toBeCloseTo(value, 12));
      }),
    );
  });

  test.each(['mean', 'geometric', 'median', 'weighted'] as const)('%s of members that agree is what they say', (name) => {
    fc.assert(
      fc.property(membersArbitrary, ([first]) => {
        const agreed = values(
          Array.from({ length: 5 }, () => first!),
          votes[name](),
        );
        agreed.forEach((value, i) => expect(value).toBeCloseTo(first!.values[i]!, 12));
      }),
    );
  });

  test.each(Object.entries(votes))('%s of one column is that of two, and one column again', (_, make) => {
    const columns = [0.9, 0.35, 0.6, 0.2, 0.45].map((p) => outputsFrom([[p], [1 - p / 2]]));
    const pairs = columns.map(({ values: [a = 0, b = 0] }) =>
      outputsFrom([
        [1 - a, a],
        [1 - b, b],
      ]),
    );
    const [one, two] = [combine(columns, make()), combine(pairs, make())];
    expect(one.shape).toEqual([2, 1]);
    expect([...one.values]).toEqual([two.values[1], two.values[3]]);
  });

  test.each(Object.entries({ ...votes, stacked: () => stacked({ coefficients: [[1, 2, 3, 4, 5]], intercepts: [-1] }) }))(
    '%s comes back from JSON',
    (name, make) => {
      register({ mean, geometric, majority, median, weighted, stacked } as never);
      const members = fiveOf([outputsFrom([[0.5, 0.5]]), outputsFrom([[0.2, 0.8]])]);
      const again = build(JSON.parse(JSON.stringify(make()))) as Plugin as Combiner;
      expect(again.name).toBe(name);
      expect(values(members, again)).toEqual(values(members, make()));
    },
  );
});

describe('geometric', () => {
  test('is the softmax of the mean logits', () => {
    const logits = [
      [1, -2, 0.5],
      [0, 3, -1],
    ];
    const softmax = (z: number[]): number[] => z.map((a) => Math.exp(a) / z.reduce((sum, b) => sum + Math.exp(b), 0));
    const expected = softmax([0, 1, 2].map((k) => 0.25 * logits[0]![k]! + 0.75 * logits[1]![k]!));
    const ours = values(
      logits.map((z) => outputsFrom([softmax(z)])),
      geometric({ weights: [1, 3] }),
    );
    ours.forEach((value, k) => expect(value).toBeCloseTo(expected[k]!, 14));
  });

  test('keeps out what one member rules out, and gives a distribution where all is ruled out', () => {
    const [ruledOut, kept] = values([outputsFrom([[0, 1]]), outputsFrom([[0.9, 0.1]])], geometric());
    expect(ruledOut).toBeCloseTo(Math.sqrt(2 ** -149 * 0.9) / Math.sqrt(0.1), 24);
    expect(kept).toBeCloseTo(1, 12);
    expect(values([outputsFrom([[0, 1]]), outputsFrom([[1, 0]])], geometric())).toEqual([0.5, 0.5]);
  });
});

describe('majority', () => {
  test('gives a tie to the lowest class, also of weights that round', () => {
    const members = [0, 0, 1].map((label) => oneHotOutputs([label], 2));
    expect(values(members, majority({ weights: [1, 2, 3] }))).toEqual([0.5, 0.5]);
    expect([...predictedClasses(combine(members, majority({ weights: [1, 2, 3] })))]).toEqual([0]);
    expect([...predictedClasses(combine(members, majority({ weights: [1, 2, 3.01] })))]).toEqual([1]);
  });

  test('says what to take for values of a regression', () => {
    expect(() => combine([outputsFrom([[17]])], majority())).toThrow(
      "values of a regression are combined by mean, weighted and median, with { of: 'values' }",
    );
    expect(() => majority({ of: 'values' } as never)).toThrow('majority: has no option `of`');
  });
});

describe('values of a regression', () => {
  const members = [[-3], [1], [8]].map((row) => outputsFrom([row]));

  test('have a mean, a weighted mean and a median', () => {
    expect(values(members, mean({ of: 'values' }))[0]).toBeCloseTo(2, 14);
    expect(values(members, weighted([1, 0, 1], { of: 'values' }))).toEqual([2.5]);
    expect(values(members, median({ of: 'values' }))).toEqual([1]);
    expect(values(members.slice(1), median({ of: 'values' }))).toEqual([4.5]);
  });
});

describe('median', () => {
  test('is the mean where members contradict each other so far that all medians are 0', () => {
    const members = [0, 1, 2].map((label) => oneHotOutputs([label], 3));
    values(members, median()).forEach((value) => expect(value).toBeCloseTo(1 / 3, 14));
  });
});

describe('a combiner of one’s own', () => {
  test('takes part like those that are built in', () => {
    const surest = combiner({ name: 'surest', config: {}, of: 'probabilities', combine: (all) => all[0]! });
    expect(values([outputsFrom([[0.25]]), outputsFrom([[0.5]])], surest)).toEqual([0.25]);
  });
});

describe('bad input', () => {
  const fine = outputsFrom([[0.5, 0.5]]);
  const bad: [string, readonly Outputs[], string, string][] = [
    ['an empty ensemble', [], 'invalid-argument', 'the outputs of at least one member, got []'],
    ['two shapes', [fine, outputsFrom([[0.2, 0.3, 0.5]])], 'shape-mismatch', '`members[0]` has [1, 2] and `members[1]` has [1, 3]'],
    ['logits', [fine, outputsFrom([[2.5, -1]])], 'data-invalid', 'If these are logits, apply softmax first'],
    ['a logit in one column', [outputsFrom([[2.5]])], 'data-invalid', 'apply a sigmoid first'],
    ['rows of another sum', [outputsFrom([[0.5, 0.502]])], 'data-invalid', 'row 0 [0.5,0.502]'],
    ['negative probabilities', [outputsFrom([[-0.5, 1.5]])], 'data-invalid', 'each in [0, 1]'],
    ['NaN', [outputsFrom([[0.5, Number.NaN]])], 'non-finite', 'got NaN in row 0, column 1'],
    ['a tensor', [{ shape: [1, 2] } as never], 'invalid-argument', 'await outputsOf(tensor)'],
    ['values that do not fit the shape', [{ values: new Float64Array(3), shape: [2, 2] }], 'shape-mismatch', 'got [2, 2] with 3 values'],
  ];

  test.each(bad)('is told: %s', (_, members, code, message) => {
    for (const by of [mean(), geometric(), majority(), median()])
      expect(() => combine(members, by)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(message) as string }));
  });

  test('takes probabilities as float32 rounds them', () => {
    expect(() => combine([{ values: Float32Array.of(0.1, 0.2, 0.7), shape: [1, 3] }], mean())).not.toThrow();
    expect(() => combine([outputsFrom([[1 + 1e-7, 0]])], mean())).not.toThrow();
    expect(() => combine([outputsFrom([[0.5, 0.5009]])], mean())).not.toThrow();
    expect(() => combine([outputsFrom([[0.5, 0.5011]])], mean())).toThrow('within 0.001');
    expect(() => combine([outputsFrom([[1 + 1e-5, 0]])], mean())).toThrow('each in [0, 1]');
  });

  test.each([
    ['no array', 3, '`weights` must be an array of one number a member, got 3'],
    ['none', [], '`weights` must be an array of one number a member, got []'],
    ['a negative one', [1, -1], '`weights[1]` must be a finite number, at least 0, got -1'],
    ['only zeros', [0, 0], '`weights` must not all be 0'],
  ])('refuses weights: %s', (_, weights, message) => {
    expect(() => weighted(weights as number[])).toThrow(message);
    expect(() => geometric({ weights: weights as number[] })).toThrow(message);
  });

  test.each([weighted([1, 2]), geometric({ weights: [1, 2] }), majority({ weights: [1, 2] })])(
    'refuses weights for other members: $name',
    (by) => {
      expect(() => combine([fine], by)).toThrow('`weights` are for 2 members, but there are 1');
    },
  );

  test('refuses what is no combiner, and a kind that there is not', () => {
    expect(() => combine([fine], 'mean' as never)).toThrow('combine: `combiner` must be a combiner, got "mean"');
    expect(() => mean({ of: 'logits' as never })).toThrow("mean: `of` must be one of 'probabilities', 'values', got \"logits\"");
  });
});
