import { expect, test } from 'vitest';
import { readArguments } from './cli.ts';

function complaints(...args: string[]): string {
  let text = '';
  expect(() => readArguments(args, (line) => (text += line))).toThrow();
  return text;
}

test('takes an experiment, all of its data, five seeds, and a table', () => {
  const { experiment, dataSets, ...rest } = readArguments(['convolution-algorithms'], () => {});
  expect([experiment.name, dataSets.map(({ name }) => name)]).toEqual(['convolution-algorithms', ['mnist', 'fashion-mnist']]);
  expect(rest).toEqual({ seeds: 5, quick: false, json: false });
});

test('takes options', () => {
  const args = ['convolution-algorithms', '--seeds', '3', '--json', '--quick', '--folder', 'runs/a', '--data', 'fashion-mnist'];
  const { dataSets, experiment: _, ...rest } = readArguments(args, () => {});
  expect(dataSets.map(({ name }) => name)).toEqual(['fashion-mnist']);
  expect(rest).toEqual({ seeds: 3, quick: true, json: true, folder: 'runs/a' });
});

test.each([
  [['convolutions'], 'Known: augmentation-gain, convolution-algorithms, ensembles, generalization.'],
  [['convolution-algorithms', '--data', 'cifar'], "convolution-algorithms has no data 'cifar'. Known: mnist, fashion-mnist."],
  [['convolution-algorithms', '--seeds', '1'], 'A whole number from 2 on is needed'],
  [['convolution-algorithms', '--seeds', '2.5'], 'A whole number from 2 on is needed'],
  [['convolution-algorithms', '--seeds', 'five'], 'A whole number from 2 on is needed'],
  [['convolution-algorithms', '--jsn'], "unknown option '--jsn'"],
  [['convolution-algorithms', 'more'], 'too many arguments'],
  [[], "missing required argument 'name'"],
])('says in one line what is wrong with %j', (args, expected) => {
  const text = complaints(...args);
  expect(text).toContain(expected);
  expect(text.trim().split('\n')).toHaveLength(1);
});
