import { expect, test } from 'vitest';
import { readConfig, TRAIN_DEFAULTS, writeConfig } from './train-address.ts';

test('an address holds what differs from the usual settings', () => {
  expect(writeConfig(TRAIN_DEFAULTS).toString()).toBe('');
  const config = { ...TRAIN_DEFAULTS, epochs: 3, optimizer: 'lion', backend: 'webgl', augment: 'none' } as const;
  expect(readConfig(writeConfig(config))).toEqual({ state: config, problems: [] });
});

test('what makes no sense is named, and left as usual', () => {
  const { state, problems } = readConfig(new URLSearchParams('epochs=many&colour=red&backend=gpu&limit='));
  expect(state).toEqual(TRAIN_DEFAULTS);
  expect(problems).toHaveLength(4);
  expect(problems.join()).toMatch(/epochs takes a number, not 'many'.*no setting 'colour'.*no backend 'gpu': did you mean 'cpu'/);
});
