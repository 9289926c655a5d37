import { expect, test } from 'vitest';
import { readArguments } from './cli.ts';

function complaints(...args: string[]): string {
  let text = '';
  expect(() => readArguments(args, (line) => (text += line))).toThrow();
  return text;
}

test('takes a benchmark, all of its cases, and a table', () => {
  const { benchmark, cases, json } = readArguments(['optimizer-step'], () => {});
  expect([benchmark.name, cases.map(({ name }) => name), json]).toEqual(['optimizer-step', ['resnet20', 'mlp9M'], false]);
});

test('takes one case, and JSON', () => {
  const { cases, json } = readArguments(['optimizer-step', '--json', '--case', 'mlp9M'], () => {});
  expect([cases.map(({ name }) => name), json]).toEqual([['mlp9M'], true]);
});

test.each([
  [
    ['optimiser-step'],
    'Known: augmentation, averaging, dropout, meters, optimizer-step, optimizers, train-step, convergence, tuning, augmentation-gain, convolution-algorithms, ensembles, generalization.',
  ],
  [['train-step', '--case', 'vgg'], "train-step has no case 'vgg'. Known: convnet"],
  [['train-step', '--jsn'], "unknown option '--jsn'"],
  [['train-step', 'more'], 'too many arguments'],
  [[], "missing required argument 'name'"],
])('says in one line what is wrong with %j', (args, expected) => {
  const text = complaints(...args);
  expect(text).toContain(expected);
  expect(text.trim().split('\n')).toHaveLength(1);
});
