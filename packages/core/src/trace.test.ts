import { describe, expect, test } from 'vitest';
import { adamLike, clip, maxNorm } from '../test/rules.ts';
import { chain, everySteps, masked } from './chain.ts';
import type { Expression } from './expression/node.ts';
import { add, constant, mul, norm, sum } from './expression/ops.ts';
import { print } from './expression/print.ts';
import { isFrozen, partsFor, trace, type KernelTrace } from './trace.ts';
import { copyOfParameter, filledWith, transform, zeros, zerosIn, zerosOver, type RuleDefinition, type Transform } from './transform.ts';

const matrix = { name: 'dense/kernel', shape: [3, 2] };
const vector = { name: 'dense/bias', shape: [2] };
const rule = (definition: Partial<RuleDefinition>): Transform => transform({ name: 'rule', config: {}, ...definition });
const orthogonalize = transform({ name: 'orthogonalize', config: {}, slots: { q: zeros }, matrix: (g) => ({ update: g }) });

const text = ({ outputs }: KernelTrace): string => print(Object.fromEntries(outputs.map(({ name, value }) => [name, value])));
const onlyKernel = (given: Transform, info = matrix): KernelTrace => trace(given, info).steps.at(-1) as KernelTrace;
const names = (outputs: readonly { readonly name: string }[]): readonly string[] => outputs.map(({ name }) => name);
const illegal = (message: string) => expect.objectContaining({ code: 'illegal-expression', message: expect.stringContaining(message) });

describe('a traced chain', () => {
  test('is one graph: what the last rule makes of the gradient is subtracted from the weight', () => {
    const half = rule({ update: (g) => mul(g, 0.5) });
    expect(text(onlyKernel(chain(half, half)))).toMatchInlineSnapshot(`
      "%0 = parameter[]
      %1 = gradient[]
      %2 = mul %1 0.5
      %3 = mul %2 0.5
      %4 = sub %0 %3
      parameter = %4"
    `);
  });

  test('without a rule subtracts the gradient', () => {
    expect(text(onlyKernel(chain()))).toMatchInlineSnapshot(`
      "%0 = parameter[]
      %1 = gradient[]
      %2 = sub %0 %1
      parameter = %2"
    `);
  });

  test('names the slots of two equal rules apart', () => {
    expect(trace(chain(adamLike(), adamLike()), vector).slots.map(({ key }) => key)).toEqual([
      'adamLike/m',
      'adamLike/v',
      'adamLike.2/m',
      'adamLike.2/v',
    ]);
  });

  test('finds paths of its own, also for rules that are named like numbered ones', () => {
    const named = (name: string): Transform => transform({ name, config: {}, update: (g) => g });
    const { parts } = chain(named('a'), named('a.2'), named('a'), chain(named('a'), named('b')));
    expect(parts.map(({ path }) => path)).toEqual(['a', 'a.2', 'a.3', 'a.4', 'b']);
  });

  test('keeps what slots are filled with, and the axes that they leave out', () => {
    const slots = { a: zeros, b: filledWith(2), c: copyOfParameter, d: zerosOver([-1]) };
    expect(trace(rule({ slots, update: (g) => g }), matrix).slots).toEqual([
      { key: 'rule/a', fill: 0, over: [] },
      { key: 'rule/b', fill: 2, over: [] },
      { key: 'rule/c', fill: 'parameter', over: [] },
      { key: 'rule/d', fill: 0, over: [1] },
    ]);
  });

  test('lets slots depend on the shape', () => {
    const byRank = rule({ slots: ({ shape }) => (shape.length > 1 ? { rows: zerosOver([1]) } : { all: zeros }), update: (g) => g });
    expect([matrix, vector].map((info) => trace(byRank, info).slots.map(({ key }) => key))).toEqual([['rule/rows'], ['rule/all']]);
  });

  test('lets slots depend on all parameters that the rule acts on', () => {
    const counting = rule({ slots: (_, parameters) => ({ row: zerosIn(parameters.length) }), update: (g) => g });
    const extents = (whole: Transform): unknown =>
      trace(whole, vector, { parameters: [matrix, vector, matrix] }).slots.map(({ extent }) => extent);
    expect(extents(counting)).toEqual([[3]]);
    expect(extents(masked(masked(counting, { maxRank: 1 }), () => true))).toEqual([[1]]);
  });

  test('passes masked parameters by, also where masks nest', () => {
    const kernels = masked(masked(clip('tensor'), { minRank: 2 }), { names: ['dense/*'] });
    expect(partsFor(chain(kernels, adamLike()), matrix).map(({ path }) => path)).toEqual(['clip', 'adamLike']);
    expect(partsFor(chain(kernels, adamLike()), vector).map(({ path }) => path)).toEqual(['adamLike']);
    expect(partsFor(kernels, { ...matrix, name: 'conv/kernel' })).toEqual([]);
  });

  test('has statistics by path, and the count of updates that are not finite', () => {
    expect(names(onlyKernel(chain(clip('tensor'), clip('all'))).statistics)).toEqual(['clip/length', 'clip.2/length', 'nonFinite']);
  });

  test('labels the reductions over all parameters by rule', () => {
    const { shared } = onlyKernel(chain(clip('all'), clip('all')));
    expect(shared.map(({ data }) => 'label' in data && data.label)).toEqual(['clip.0', 'clip.2.0']);
  });

  test('stores no slot that keeps its value', () => {
    const lazy = rule({
      slots: { a: zeros, b: zeros },
      update: (g, { slots }) => ({ update: g, slots: { a: slots['a']!, b: add(slots['b']!, g) } }),
    });
    expect(names(onlyKernel(lazy).outputs)).toEqual(['rule/b', 'parameter']);
  });
});

describe('a rule that freezes', () => {
  const freeze = rule({ freezes: true });

  test.each([chain(freeze, adamLike()), chain(adamLike(), freeze)])('leaves neither slots nor steps, wherever it stands', (given) => {
    expect(trace(given, matrix, { guarded: true })).toEqual({ slots: [], steps: [] });
    expect(isFrozen(given, matrix)).toBe(true);
  });

  test('acts where its mask takes', () => {
    const given = chain(masked(freeze, { maxRank: 1 }), adamLike());
    expect([isFrozen(given, vector), isFrozen(given, matrix)]).toEqual([true, false]);
    expect(trace(given, matrix)).toEqual(trace(adamLike(), matrix));
  });

  test('at some steps alone keeps the slots for the others', () => {
    const given = chain(everySteps(freeze, 2), adamLike());
    const slots = trace(adamLike(), matrix).slots;
    expect(trace(given, matrix)).toMatchObject({ slots, steps: [] });
    expect(trace(given, matrix, { active: ({ every = 1 }) => every === 1 })).toEqual(trace(adamLike(), matrix));
  });
});

describe('a rule that acts at some steps', () => {
  const some = everySteps(rule({ update: (g) => mul(g, 2), between: () => constant(0), weights: (next) => mul(next, 0.5) }), 3);
  const between = { active: () => false };

  test('does in between what it says, without storing a weight that stays', () => {
    const [kernel] = trace(chain(some), matrix, between).steps as KernelTrace[];
    expect(names(kernel!.outputs)).toEqual([]);
    expect(text(onlyKernel(some))).toContain('mul %1 2');
  });

  test('lets the gradient pass in between without a word', () => {
    const silent = everySteps(rule({ update: (g) => mul(g, 2), slots: { a: zeros } }), 3);
    const quiet = trace(silent, matrix, between);
    expect(quiet.steps).toEqual(trace(chain(), matrix).steps);
    expect(names(quiet.slots.map(({ key }) => ({ name: key })))).toEqual(['rule/a']);
  });
});

describe('a rule that skips steps', () => {
  const guard = rule({ skipsNonFinite: {} });
  const guards = (given: Transform, info = matrix, active = true): number =>
    (trace(given, info, { active: () => active }).steps[0] as KernelTrace).guards.length;

  test('has gradients looked at where its mask takes, also between its steps', () => {
    expect([guards(chain()), guards(guard), guards(chain(adamLike(), guard))]).toEqual([0, 1, 1]);
    expect([guards(masked(guard, { minRank: 2 }), vector), guards(everySteps(guard, 2), matrix, false)]).toEqual([0, 1]);
  });
});

describe('rules for the new weight', () => {
  test('act on the weight after the whole chain, in the order of the chain', () => {
    const twice = rule({ update: (g) => g, weights: (next) => mul(next, 2) });
    const more = rule({ weights: (next) => add(next, 1) });
    expect(text(onlyKernel(chain(twice, more)))).toMatchInlineSnapshot(`
      "%0 = parameter[]
      %1 = gradient[]
      %2 = sub %0 %1
      %3 = mul %2 2
      %4 = add %3 1
      parameter = %4"
    `);
  });

  test('see the weight as it was, and their slots as `update` left them', () => {
    const average = rule({
      slots: { n: zeros },
      update: (g, { slots }) => ({ update: g, slots: { n: add(slots['n']!, 1) } }),
      weights: (_, { parameter, slots }) => mul(parameter, slots['n']!),
    });
    expect(text(onlyKernel(average))).toMatchInlineSnapshot(`
      "%0 = rule/n[]
      %1 = add %0 1
      %2 = parameter[]
      %3 = mul %2 %1
      rule/n = %1
      parameter = %3"
    `);
  });

  test('leaves the statistics of rules out where nobody reads them, and nothing else', () => {
    const given = chain(clip('tensor'), clip('all'), adamLike());
    const [kernel] = trace(given, matrix, { statistics: false }).steps as [KernelTrace];
    expect(names(kernel.statistics)).toEqual(['nonFinite']);
    expect(kernel.outputs).toEqual(onlyKernel(given).outputs);
  });

  test('may keep slots and statistics alone', () => {
    const watch = rule({ slots: { last: zeros }, weights: (next) => ({ slots: { last: next }, statistics: { length: norm(next) } }) });
    expect(names(onlyKernel(watch).outputs)).toEqual(['rule/last', 'parameter']);
    expect(names(onlyKernel(watch).statistics)).toEqual(['nonFinite', 'rule/length']);
  });

  test('number the axes of convolutions as those of matrices', () => {
    const over = (shape: readonly number[]) => {
      const [data] = nodesOver(onlyKernel(maxNorm(1), { name: 'w', shape: [...shape] }));
      return data;
    };
    expect(over([5, 3])).toEqual([0]);
    expect(over([3, 3, 4, 8])).toEqual([0, 1, 2]);
  });
});

function nodesOver({ outputs }: KernelTrace): unknown[] {
  const found: unknown[] = [];
  const visit = ({ data, inputs }: Expression): void => {
    if (data.op === 'reduce') found.push(data.over);
    inputs.forEach(visit);
  };
  outputs.forEach(({ value }) => visit(value));
  return found;
}

describe('a rule for whole tensors', () => {
  const kinds = (given: Transform, guarded = false): readonly string[] =>
    trace(given, matrix, { guarded }).steps.map((step) => (step.kind === 'matrix' ? 'matrix' : names(step.outputs).join()));

  test('splits the chain into two kernels', () => {
    expect(kinds(chain(adamLike(), orthogonalize, clip('tensor')))).toEqual(['adamLike/m,adamLike/v,update', 'matrix', 'parameter']);
  });

  test('is first where nothing comes before it', () => {
    expect(kinds(chain(orthogonalize, adamLike()))).toEqual(['matrix', 'adamLike/m,adamLike/v,parameter']);
    expect(kinds(chain(rule({ update: (g) => g }), orthogonalize))).toEqual(['matrix', 'parameter']);
  });

  test('leaves the statistics of the rules before it with the gradient that they saw', () => {
    const watch = rule({ update: (g) => ({ update: g, statistics: { length: norm(g) } }) });
    const [first, , last] = trace(chain(watch, orthogonalize), matrix).steps;
    expect([first, last].map((step) => names((step as KernelTrace).statistics))).toEqual([['rule/length'], ['nonFinite']]);
    expect(trace(chain(watch, orthogonalize), matrix, { statistics: false }).steps).toEqual(trace(orthogonalize, matrix).steps);
  });

  test('starts after the guard', () => {
    expect(kinds(orthogonalize, true)).toEqual(['', 'matrix', 'parameter']);
  });
});

describe('a guard', () => {
  const guards = (given: Transform): readonly number[] =>
    trace(given, matrix, { guarded: true }).steps.map((step) => (step.kind === 'kernel' ? step.guards.length : 0));

  test('counts bad gradients in the first kernel, over all parameters', () => {
    expect(guards(chain(clip('all'), orthogonalize))).toEqual([1, 0, 0]);
    expect(guards(adamLike())).toEqual([1]);
    expect(trace(adamLike(), matrix).steps.map((step) => step.kind === 'kernel' && step.guards)).toEqual([[]]);
  });
});

describe('an illegal rule', () => {
  test.each<[string, Partial<RuleDefinition>, string]>([
    ['reads a slot that it did not declare', { update: (g, { slots }) => mul(g, slots['m']!) }, 'declared by the rule'],
    [
      'writes a slot that it did not declare',
      { update: (g) => ({ update: g, slots: { m: g } }) },
      "rule: there is no slot 'm'. Declare it in `slots`.",
    ],
    [
      'averages into a slot that it did not declare',
      { averages: [{ slot: 'm' }], weights: (next) => next },
      "rule: the average 'm' is no slot of each parameter",
    ],
    [
      'averages into a slot that is not shaped like the parameter',
      { slots: { rows: zerosOver([1]) }, averages: [{ slot: 'rows' }], weights: (next) => next },
      "rule: the average 'rows' is no slot of each parameter",
    ],
    [
      'stores more than its slot holds',
      { slots: { rows: zerosOver([1]) }, update: (g) => ({ update: g, slots: { rows: g } }) },
      'rule/rows is kept over the axes [1]',
    ],
    ['copies the parameter into a slot without its rows', { slots: { rows: { fill: 'parameter', over: [1] } } }, 'cannot leave axes out'],
    ['names a statistic that differs by element', { update: (g) => ({ update: g, statistics: { g } }) }, "rule/g is kept over 'tensor'"],
    [
      'sums over an axis that is not there',
      { update: (g) => mul(g, sum(g, { over: [2] })) },
      'the axes [2] do not fit a parameter with 2 axes',
    ],
    [
      'keeps a slot over an axis that is not there',
      { slots: { s: zerosOver([4]) }, update: (g) => ({ update: g, slots: { s: norm(g) } }) },
      'the axes [4] do not fit',
    ],
  ])('that %s is refused', (_, definition, message) => {
    expect(() => trace(rule(definition), matrix)).toThrow(illegal(message));
  });
});
