import { expect, test } from 'vitest';
import { readTuningArguments } from './cli.ts';

test('takes all problems and 20 seeds, or those that are named', () => {
  const { problems, seeds, json } = readTuningArguments([], () => {});
  expect(problems.map(({ name }) => name)).toEqual(['branin', 'hartmann6', 'rosenbrock4', 'ackley8', 'branches', 'mnist']);
  expect([seeds, json]).toEqual([20, false]);
  const some = readTuningArguments(['--case', 'mnist', 'branin', '--seeds', '3', '--json'], () => {});
  expect([some.problems.map(({ name }) => name), some.seeds, some.json]).toEqual([['branin', 'mnist'], 3, true]);
});

test.each([
  [['--case', 'sphere'], "tuning has no case 'sphere'. Known: branin, hartmann6"],
  [['--seeds', '1'], 'A whole number from 2 to 1000 is needed.'],
  [['--jsn'], "unknown option '--jsn'"],
])('says in one line what is wrong with %j', (args, expected) => {
  let text = '';
  expect(() => readTuningArguments(args, (line) => (text += line))).toThrow();
  expect(text).toContain(expected);
  expect(text.trim().split('\n')).toHaveLength(1);
});
