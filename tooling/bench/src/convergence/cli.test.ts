import { expect, test } from 'vitest';
import { commandLine, isWhole, readConvergenceArguments } from './cli.ts';
import { problems } from './problems.ts';

const read = (...args: string[]) => readConvergenceArguments(args, () => {});

test('takes all problems and five seeds, which readers are shown', () => {
  expect(read()).toMatchObject({ problems, seeds: 5, quick: false, draw: false, json: false });
  expect(isWhole(read())).toBe(true);
  expect(isWhole(read('--seeds', '7'))).toBe(true);
});

test('takes some problems, fewer seeds or next to no training, which readers are not shown', () => {
  const some = read('--case', 'rosenbrock', 'mnist-mlp', '--seeds', '3', '--json', '--folder', 'here');
  expect(some.problems.map(({ name }) => name)).toEqual(['mnist-mlp', 'rosenbrock']);
  expect(some).toMatchObject({ seeds: 3, json: true, folder: 'here' });
  for (const wish of [some, read('--seeds', '4'), read('--quick')]) expect(isWhole(wish)).toBe(false);
});

test.each([
  [[], 'npm run bench -- convergence'],
  [['--json', '--folder', 'here'], 'npm run bench -- convergence'],
  [['--case', 'rosenbrock', '--seeds', '2', '--quick'], 'npm run bench -- convergence --case rosenbrock --seeds 2 --quick'],
])('after %j, the same again is %s', (args, expected) => expect(commandLine(read(...args))).toBe(expected));

test.each([
  [['--case', 'sphere'], "convergence has no case 'sphere'. Known: mnist-mlp, mnist-convnet, logistic-regression, rosenbrock."],
  [['--seeds', '0'], 'A whole number from 1 to 1000 is needed.'],
  [['--draw', '--quick'], "option '--draw' cannot be used with option '--quick'"],
  [['--jsn'], "unknown option '--jsn'"],
])('says in one line what is wrong with %j', (args, expected) => {
  let text = '';
  expect(() => readConvergenceArguments(args, (line) => (text += line))).toThrow();
  expect(text).toContain(expected);
  expect(text.trim().split('\n')).toHaveLength(1);
});
