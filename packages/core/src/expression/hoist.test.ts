import { describe, expect, test } from 'vitest';
import { trace, type KernelTrace } from '../trace.ts';
import { transform } from '../transform.ts';
import { nodesOf } from './print.ts';
import { scalarValue } from './hoist.ts';
import { schedule, type ScheduleLike } from '../schedule.ts';
import { add, lerp, mul, pow, sub } from './ops.ts';

const scalarsIn = (beta: ScheduleLike) => {
  const rule = transform({
    name: 'rule',
    config: {},
    numbers: { beta },
    update: (g, { parameter, numbers }) => add(lerp(g, parameter, numbers.beta), mul(g, sub(1, pow(numbers.beta, 3)))),
  });
  const { outputs } = trace(rule, { name: 'w', shape: [2] }).steps[0] as KernelTrace;
  return nodesOf(outputs.map(({ value }) => value)).flatMap(({ data }) => (data.op === 'scalar' ? [data] : []));
};

describe('what depends on scalars alone', () => {
  const beta = 0.999;
  const falling = schedule({ name: 'falling', config: {}, at: () => beta });

  test('is computed once, in float64', () => {
    const values = scalarsIn(falling).map((data) => scalarValue(data, (name) => ({ 'rule/beta': beta })[name]));
    expect(values.sort()).toEqual([1 - beta, 1 - beta * beta * beta, beta].sort());
  });

  test('is no scalar where the number is plain: it is folded', () => {
    expect(scalarsIn(beta)).toEqual([]);
  });
});
