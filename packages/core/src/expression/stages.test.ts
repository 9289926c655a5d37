import { describe, expect, test } from 'vitest';
import { aboveMean, adamLike, clip, distance, factored, kernels, maxNorm, others, trustRatio } from '../../test/rules.ts';
import { chain } from '../chain.ts';
import { trace, type KernelTrace, type TraceOptions } from '../trace.ts';
import { transform, zeros, zerosOver, type Transform } from '../transform.ts';
import { add, count, elementIndex, greater, mean, mul, norm, randomUniform, size, sqrt, sumOfSquares } from './ops.ts';
import { plan, shareLevels, type Plan, type Planned, type Stage } from './stages.ts';

const planned = (rule: Transform, shape: readonly number[], options: TraceOptions = {}): Planned => {
  const steps = trace(rule, { name: 'w', shape }, options).steps;
  return { ...(steps.at(-1) as KernelTrace), rank: shape.length };
};
const planOf = (rule: Transform, shape: readonly number[], options: TraceOptions = {}): Plan => plan(planned(rule, shape, options));

/** The plans of several parameters that take their step together. */
function plansOf(rule: Transform, shapes: readonly (readonly number[])[]): readonly Plan[] {
  const all = shapes.map((shape) => planned(rule, shape));
  const levels = shareLevels(all);
  return all.map((item) => plan(item, levels));
}

/** What a loop walks along, gathers and stores. */
function text({ kernel: { over, gathers, stores } }: Stage): string {
  const walks =
    typeof over === 'string' ? `once a ${over === 'all' ? 'step' : over}` : over.length === 0 ? 'elements' : `all but axes ${over}`;
  const does = [...gathers.map(({ gather, buffer }) => `${gather} over ${buffer.over}`), ...stores.map(({ buffer }) => buffer.name)];
  return `${walks}: ${does.join(', ')}`;
}
const loops = ({ stages }: Plan): readonly string[] => stages.map(text);

describe('a plan', () => {
  test('of an elementwise rule is one loop, with the count of bad updates on the way', () => {
    expect(loops(planOf(adamLike(), [3, 2]))).toMatchInlineSnapshot(`
      [
        "elements: count over tensor, adamLike/m, adamLike/v, parameter",
      ]
    `);
  });

  test('of a whole chain is still one loop', () => {
    expect(loops(planOf(chain(adamLike(), adamLike()), [3]))).toMatchInlineSnapshot(`
      [
        "elements: count over tensor, adamLike/m, adamLike/v, adamLike.2/m, adamLike.2/v, parameter",
      ]
    `);
  });

  test('of clipping by the global norm is two loops', () => {
    expect(loops(planOf(chain(clip('all'), adamLike()), [3, 2]))).toMatchInlineSnapshot(`
      [
        "elements: sumOfSquares over all",
        "elements: count over tensor, adamLike/m, adamLike/v, parameter",
      ]
    `);
  });

  test('gets no further loop for the guard where the global norm is computed anyway', () => {
    expect(loops(planOf(chain(clip('all'), adamLike()), [3, 2], { guarded: true }))).toMatchInlineSnapshot(`
      [
        "elements: sumOfSquares over all, count over all",
        "elements: count over tensor, adamLike/m, adamLike/v, parameter",
      ]
    `);
    expect(loops(planOf(adamLike(), [3, 2], { guarded: true }))).toMatchInlineSnapshot(`
      [
        "elements: count over all",
        "elements: count over tensor, adamLike/m, adamLike/v, parameter",
      ]
    `);
  });

  test('of clipping each tensor is two loops', () => {
    expect(loops(planOf(clip('tensor'), [4]))).toMatchInlineSnapshot(`
      [
        "elements: sumOfSquares over tensor",
        "elements: count over tensor, parameter",
      ]
    `);
  });

  test('gathers two independent norms in one loop', () => {
    expect(loops(planOf(trustRatio(), [3, 2]))).toMatchInlineSnapshot(`
      [
        "elements: sumOfSquares over tensor, sumOfSquares over tensor",
        "elements: count over tensor, parameter",
      ]
    `);
  });

  test('of factored moments gathers rows and columns at once, then the mean of the rows, and stores the small slots last', () => {
    expect(loops(planOf(factored(), [3, 2]))).toMatchInlineSnapshot(`
      [
        "elements: sum over 1, sum over 0",
        "all but axes 1: sum over tensor",
        "elements: count over tensor, parameter",
        "all but axes 1: factored/rows",
        "all but axes 0: factored/columns",
      ]
    `);
  });

  test.each([[[5, 3]], [[3, 3, 2, 4]]])('of a maximal norm of what each unit of %o sees folds all axes but the last', (shape) => {
    const [first] = planOf(maxNorm(2), shape).stages;
    expect(first?.kernel.gathers.map(({ buffer }) => buffer.over)).toEqual([shape.slice(1).map((_, axis) => axis)]);
    expect(planOf(maxNorm(2), shape).stages).toHaveLength(2);
  });

  test('stores a slot over all parameters once, after everything else', () => {
    expect(loops(planOf(distance(), [3]))).toMatchInlineSnapshot(`
      [
        "elements: sum over all, sum over all",
        "elements: count over tensor, distance/s, parameter",
        "once a step: distance/d",
      ]
    `);
  });

  test('gathers what a statistic needs in a loop of its own, and the statistic with the last loop', () => {
    expect(loops(planOf(aboveMean(), [3]))).toMatchInlineSnapshot(`
      [
        "elements: sum over tensor",
        "elements: maxAbs over tensor, count over tensor, parameter",
      ]
    `);
  });

  test('gathers what only a statistic needs on the way', () => {
    const rule = transform({ name: 'r', config: {}, update: (g) => ({ update: g, statistics: { length: norm(g) } }) });
    expect(loops(planOf(rule, [3]))).toMatchInlineSnapshot(`
      [
        "elements: sumOfSquares over tensor, count over tensor, parameter",
      ]
    `);
  });

  test('drops what nobody asks for', () => {
    const rule = transform({
      name: 'r',
      config: {},
      slots: { unused: zeros },
      update(g, { slots }) {
        add(norm(g), slots.unused);
        return { update: g, slots: { unused: slots.unused } };
      },
    });
    expect(loops(planOf(rule, [3]))).toMatchInlineSnapshot(`
      [
        "elements: count over tensor, parameter",
      ]
    `);
    expect(
      planOf(rule, [3])
        .stages.at(-1)
        ?.kernel.loads.map(({ name }) => name),
    ).toEqual(['parameter', 'gradient']);
  });

  test('shares a sum of squares between the norm and the sum itself', () => {
    const rule = transform({ name: 'r', config: {}, update: (g) => mul(g, add(norm(g), sumOfSquares(g))) });
    expect(planOf(rule, [3]).accumulators.map(({ gather }) => gather)).toEqual(['sumOfSquares', 'count']);
  });

  test('stores finer slots before those that they are computed from', () => {
    const rule = transform({
      name: 'r',
      config: {},
      slots: { coarse: zerosOver([0, 1]), fine: zerosOver([0]) },
      update: (g, { slots }) => ({
        update: g,
        slots: { coarse: add(slots.coarse, 1), fine: add(slots.fine, slots.coarse) },
      }),
    });
    const { stages } = planOf(rule, [2, 3, 4]);
    expect(stages.map(text)).toMatchInlineSnapshot(`
      [
        "elements: count over tensor, parameter",
        "all but axes 0: r/fine",
        "all but axes 0,1: r/coarse",
      ]
    `);
    expect(stages[1]?.level).toBeLessThan(stages[2]?.level ?? 0);
  });
});

describe('the plans of a step', () => {
  const levelsOf = (plans: readonly Plan[], gather: string): readonly (readonly number[])[] =>
    plans.map(({ stages }) =>
      stages
        .filter(({ kernel }) => kernel.gathers.some((item) => item.gather === gather && item.buffer.over === 'all'))
        .map(({ level }) => level),
    );

  test('give one reduction over all parameters one level, whatever each parameter must do before', () => {
    const rule = chain(kernels(clip('tensor')), clip('all'));
    expect(levelsOf(plansOf(rule, [[2, 3], [3]]), 'sumOfSquares')).toEqual([[2], [2]]);
  });

  test('keep the reductions of two rules apart, also where one expression is folded', () => {
    const plans = plansOf(chain(kernels(clip('all')), others(clip('all'))), [[2, 3], [3]]);
    expect(plans.map(({ accumulators }) => accumulators.map(({ name }) => name).filter((name) => name.startsWith('all')))).toEqual([
      ['all clip.0 sumOfSquares'],
      ['all clip.2.0 sumOfSquares'],
    ]);
  });

  test('take a frozen parameter into the global norm that the others need', () => {
    const frozen = transform({ name: 'frozen', config: {}, update: () => mul(0, size()) });
    const plans = plansOf(chain(clip('all'), others(frozen)), [[2, 3], [3]]);
    expect(levelsOf(plans, 'sumOfSquares')).toEqual([[1], [1]]);
  });

  test('compile one kernel for parameters of one rank, whatever their size', () => {
    const [a, b, c] = plansOf(chain(clip('all'), adamLike()), [[2, 3], [40, 50], [7]]);
    const hashes = (of: Plan | undefined): string[] | undefined => of?.stages.map(({ kernel }) => kernel.hash);
    expect(hashes(a)).toEqual(hashes(b));
    expect(hashes(a)).toEqual(hashes(c));
  });

  test('compile two kernels where a buffer moves otherwise', () => {
    const [matrix, vector] = plansOf(factoredOrNot(), [[2, 3], [3]]);
    expect(matrix?.stages.at(-1)?.kernel.hash).not.toBe(vector?.stages.at(-1)?.kernel.hash);
  });
});

/** A constant is stored in one number, or one a column: one graph, two loops. */
const factoredOrNot = (): Transform =>
  transform({
    name: 'r',
    config: {},
    slots: ({ shape }) => ({ held: zerosOver(shape.length === 2 ? [0] : 'tensor') }),
    scalars: ({ t }) => ({ t }),
    update: (g, { scalars }) => ({ update: g, slots: { held: scalars.t } }),
  });

describe('sizes', () => {
  const sizesIn = (rule: Transform, shape: readonly number[]): readonly string[] => {
    const { stages, statistics } = planOf(rule, shape);
    return [
      ...new Set([...stages.flatMap(({ kernel }) => kernel.uniforms.map(({ name }) => name)), ...statistics.map(({ value }) => value.op)]),
    ];
  };
  const scaled = (by: Transform['parts'][number]['rule']['update']): Transform => transform({ name: 'r', config: {}, update: by! });

  test('of a mean are the values that it folds', () => {
    expect(
      sizesIn(
        scaled((g) => mul(g, mean(g))),
        [2, 3],
      ),
    ).toContain('size over tensor');
    expect(
      sizesIn(
        scaled((g) => mul(g, mean(g, { over: [-1] }))),
        [2, 3],
      ),
    ).toContain('size over 1');
    expect(
      sizesIn(
        scaled((g) => mul(g, mean(norm(g, { over: [-1] })))),
        [2, 3],
      ),
    ).toContain('size over 0');
  });

  test('over all parameters are counted with them, so that a mask is heeded', () => {
    const { accumulators, stages } = planOf(
      scaled((g) => mul(g, mean(g, { over: 'all' }))),
      [2, 3],
    );
    expect(accumulators.map(({ gather, over }) => `${gather} over ${over}`)).toEqual(['sum over all', 'sum over all', 'count over tensor']);
    expect(stages.map(text)).toMatchInlineSnapshot(`
      [
        "elements: sum over all",
        "once a tensor: sum over all",
        "elements: count over tensor, parameter",
      ]
    `);
  });
});

describe('a kernel', () => {
  const last = (rule: Transform, shape: readonly number[]) => planOf(rule, shape).stages.at(-1)!.kernel;

  test('lists what it reads, and the numbers of the step that it needs', () => {
    const { loads, uniforms } = last(adamLike(), [3]);
    expect(loads.map(({ name, stride }) => [name, stride])).toEqual([
      ['adamLike/m', 1],
      ['gradient', 1],
      ['adamLike/v', 1],
      ['parameter', 1],
    ]);
    expect(uniforms.map(({ name }) => name)).toEqual(['$adamLike/correction']);
  });

  test('holds primitive operations alone: random numbers become words of a key', () => {
    const noise = transform({ name: 'noise', config: {}, update: (g) => add(g, randomUniform({ seed: 3 })) });
    expect(last(noise, [3]).uniforms.map(({ name }) => name)).toEqual(['key 0 of seed 3 stream "noise"', 'key 1 of seed 3 stream "noise"']);
  });

  test('steps through a broadcast buffer once a segment where its last axis is left out', () => {
    const strides = (over: readonly number[]) => {
      const rule = transform({ name: 'r', config: {}, slots: { s: zerosOver(over) }, update: (g, { slots }) => mul(g, sqrt(slots.s)) });
      return last(rule, [2, 3]).loads.find(({ name }) => name === 'r/s')?.stride;
    };
    expect(strides([1])).toBe(0);
    expect(strides([0])).toBe(1);
  });

  test('counts elements by index and condition', () => {
    const rule = transform({ name: 'r', config: {}, update: (g) => mul(g, count(greater(elementIndex(), 2))) });
    expect(planOf(rule, [5]).stages[0]?.kernel.loads).toEqual([]);
  });
});
