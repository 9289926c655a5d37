import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { madeUp, membersArbitrary } from '../../test/members.ts';
import {
  disagreement,
  diversity,
  expectedEntropy,
  mutualInformation,
  oneHotOutputs,
  outputsFrom,
  predictiveEntropy,
  variance,
  variationRatio,
} from '../index.ts';

const measures = { predictiveEntropy, expectedEntropy, mutualInformation, variance, variationRatio, disagreement };

describe('uncertainty', () => {
  test('of the whole is that of the members and that between them, none of it below 0', () => {
    fc.assert(
      fc.property(membersArbitrary, (members) => {
        const [total, within, between] = [predictiveEntropy(members), expectedEntropy(members), mutualInformation(members)];
        total.forEach((value, i) => {
          expect(within[i]! + between[i]!).toBeCloseTo(value, 12);
          expect(between[i]).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(Math.log(members[0]!.shape[1]) + 1e-12);
        });
      }),
    );
  });

  test('has nothing between members that agree', () => {
    fc.assert(
      fc.property(membersArbitrary, ([first]) => {
        for (const measure of [mutualInformation, variance, variationRatio, disagreement])
          for (const value of measure([first!, first!, first!])) expect(value).toBeCloseTo(0, 12);
      }),
    );
  });

  test.each(Object.entries(measures))('%s of one column is that of two', (_, measure) => {
    const columns = [0.9, 0.3, 0.7].map((p) => outputsFrom([[p]]));
    const pairs = [0.9, 0.3, 0.7].map((p) => outputsFrom([[1 - p, p]]));
    expect([...measure(columns)]).toEqual([...measure(pairs)]);
  });

  test.each(Object.entries(measures))('%s is told of logits and of an empty ensemble', (name, measure) => {
    expect(() => measure([outputsFrom([[3, -1]])])).toThrow(expect.objectContaining({ code: 'data-invalid' }));
    expect(() => measure([])).toThrow(`${name}: \`members\` must be an array`);
  });

  test('counts votes and pairs', () => {
    const members = [0, 1, 1, 2].map((label) => oneHotOutputs([label], 3));
    expect(variationRatio(members)[0]).toBe(0.5);
    expect(disagreement(members)[0]).toBeCloseTo(5 / 6, 14);
    expect(disagreement(members.slice(0, 1))[0]).toBe(0);
  });

  test('of values is their variance', () => {
    const members = [
      [1, 10],
      [3, 16],
    ].map((row) => outputsFrom([row]));
    expect([...variance(members, { of: 'values' })]).toEqual([(1 + 9) / 2]);
  });
});

describe('diversity', () => {
  // Right and wrong of two members: 5 times both, 2 the first alone, 1 the second alone, 2 neither.
  const labels = Array.from({ length: 10 }, () => 0);
  const first = oneHotOutputs([0, 0, 0, 0, 0, 0, 0, 1, 1, 1], 2);
  const second = oneHotOutputs([0, 0, 0, 0, 0, 1, 1, 0, 1, 1], 2);

  test('of two members is what their table gives', () => {
    const found = diversity([first, second], labels);
    expect(found.disagreement.mean).toBeCloseTo(0.3, 14);
    expect(found.qStatistic.mean).toBeCloseTo((5 * 2 - 2 * 1) / (5 * 2 + 2 * 1), 14);
    expect(found.correlation.mean).toBeCloseTo((5 * 2 - 2 * 1) / Math.sqrt(7 * 3 * 6 * 4), 14);
    expect(found.doubleFault.mean).toBeCloseTo(0.2, 14);
    const [agreed, chance] = [0.7, 0.7 * 0.6 + 0.3 * 0.4];
    expect(found.kappa.mean).toBeCloseTo((agreed - chance) / (1 - chance), 14);
    expect(found.interraterKappa).toBeCloseTo(1 - 0.3 / (2 * 0.65 * 0.35), 14);
    expect(found.disagreement.between).toEqual([
      [null, found.disagreement.mean],
      [found.disagreement.mean, null],
    ]);
  });

  test('has the interrater κ of the definition', () => {
    const { members, labels: right } = madeUp([1, 1.5, 0.5, 2]);
    const votes = right.map(
      (label, i) => members.filter(({ values }) => Math.max(...values.subarray(3 * i, 3 * i + 3)) === values[3 * i + label]).length,
    );
    const accuracy = votes.reduce((a, b) => a + b, 0) / (4 * votes.length);
    const apart = votes.reduce((sum, count) => sum + count * (4 - count), 0) / 4;
    const expected = 1 - apart / (votes.length * 3 * accuracy * (1 - accuracy));
    expect(diversity(members, right).interraterKappa).toBeCloseTo(expected, 12);
  });

  test('grows with the members’ independence, in every measure', () => {
    const { members, labels: right } = madeUp([1, 1, 1], { examples: 1000 });
    const blend = outputsFrom(
      right.map((_, i) => [0, 1, 2].map((k) => 0.9 * members[0]!.values[3 * i + k]! + 0.1 * members[1]!.values[3 * i + k]!)),
    );
    const [alike, apart] = [diversity([members[0]!, blend], right), diversity([members[0]!, members[1]!], right)];
    expect(apart.disagreement.mean!).toBeGreaterThan(alike.disagreement.mean!);
    expect(apart.klDivergence.mean!).toBeGreaterThan(alike.klDivergence.mean!);
    for (const name of ['qStatistic', 'correlation', 'doubleFault', 'kappa'] as const)
      expect(apart[name].mean!).toBeLessThan(alike[name].mean!);
    expect(Math.abs(apart.qStatistic.mean!)).toBeLessThan(0.2);
  });

  test('has the symmetric divergence of the definition', () => {
    const [p, q] = [
      [0.2, 0.8],
      [0.5, 0.5],
    ];
    const kl = (a: number[], b: number[]): number => a.reduce((sum, value, k) => sum + value * Math.log(value / b[k]!), 0);
    const found = diversity([outputsFrom([p!]), outputsFrom([q!])], [0]).klDivergence.mean;
    expect(found).toBeCloseTo((kl(p!, q!) + kl(q!, p!)) / 2, 14);
  });

  test('says null, not NaN, of members that are always right', () => {
    const perfect = oneHotOutputs(labels, 2);
    const found = diversity([perfect, perfect], labels);
    expect(found.qStatistic.mean).toBeNull();
    expect(found.correlation.between[0]?.[1]).toBeNull();
    expect(found.interraterKappa).toBeNull();
    expect(found.disagreement.mean).toBe(0);
  });

  test('needs two members and labels', () => {
    expect(() => diversity([first], labels)).toThrow('diversity: `members` must be at least two, got 1');
    expect(() => diversity([first, second], [0])).toThrow('`labels` must be one class number an example (10), got 1 of them');
  });
});
