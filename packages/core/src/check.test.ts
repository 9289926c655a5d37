import { describe, expect, test } from 'vitest';
import { checkNumber, checkOneOf, show, type NumberRule } from './check.ts';
import { DownhillError, isDownhillError, plainMessage } from './errors.ts';

const messageOf = (call: () => void): string => {
  try {
    call();
  } catch (error) {
    expect(isDownhillError(error)).toBe(true);
    return (error as DownhillError).message;
  }
  return 'no error';
};

describe('checking a number', () => {
  test.each<[NumberRule, readonly unknown[], readonly unknown[], string]>([
    [{}, [0, -1e300], [Number.NaN, Infinity, '1', null, undefined, [1]], 'a finite number'],
    [{ min: 0 }, [0, 5], [-1e-9], 'a finite number, at least 0'],
    [{ min: 0, below: 1 }, [0, 0.99], [1, -0.1], 'a finite number, at least 0 and below 1'],
    [{ above: 0, max: 1 }, [1, 1e-300], [0, 1.01], 'a finite number, above 0 and at most 1'],
    [{ integer: true, min: 1 }, [1, 2 ** 53 - 1], [1.5, 0, 2 ** 53], 'a whole number, at least 1'],
  ])('%o', (rule, good, bad, wanted) => {
    for (const value of good) expect(messageOf(() => checkNumber('f', { x: value }, rule))).toBe('no error');
    for (const value of bad)
      expect(messageOf(() => checkNumber('f', { x: value }, rule))).toBe(
        `[invalid-argument] f: \`x\` must be ${wanted}, got ${show(value)}.`,
      );
  });

  test('names the first of several that breaks the rule, and ends with the advice', () => {
    expect(messageOf(() => checkNumber('adam', { beta1: 0.9, beta2: 1 }, { below: 1 }, 'Lower it.'))).toBe(
      '[invalid-argument] adam: `beta2` must be a finite number, below 1, got 1. Lower it.',
    );
  });
});

test('checking a word lists the words', () => {
  expect(messageOf(() => checkOneOf('optimizer', 'nonFinite', 'skip', ['report', 'skip']))).toBe('no error');
  expect(messageOf(() => checkOneOf('optimizer', 'nonFinite', 'ignore', ['report', 'skip']))).toBe(
    "[invalid-argument] optimizer: `nonFinite` must be one of 'report', 'skip', got \"ignore\".",
  );
});

test.each([
  [0.1, '0.1'],
  ['0.1', '"0.1"'],
  [Number.NaN, 'NaN'],
  [undefined, 'undefined'],
  [{ a: [1] }, '{"a":[1]}'],
  [[Number.NaN, -Infinity, 'NaN?'], '[NaN,-Infinity,"NaN?"]'],
  [() => 1, 'a function'],
  [Symbol('s'), 'Symbol(s)'],
  [10n, '[object BigInt]'],
  ['x'.repeat(100), `"${'x'.repeat(76)}...`],
])('%o is shown as %s', (value, text) => {
  expect(show(value)).toBe(text);
});

describe('an error', () => {
  test('has a stable code, says who speaks, and keeps its cause', () => {
    const cause = new Error('disk full');
    const error = new DownhillError({
      code: 'checkpoint-invalid',
      source: 'save',
      problem: 'cannot write',
      advice: 'Free some space.',
      cause,
    });
    expect(error.message).toBe('[checkpoint-invalid] save: cannot write. Free some space.');
    expect([error.code, error.name, error.cause]).toEqual(['checkpoint-invalid', 'DownhillError', cause]);
    expect('cause' in new DownhillError({ code: 'aborted', source: 'train', problem: 'stopped' })).toBe(false);
  });

  test('of another copy of this package is known too', () => {
    expect(isDownhillError(Object.assign(new Error('x'), { name: 'DownhillError', code: 'aborted' }))).toBe(true);
    expect(isDownhillError(new Error('x'))).toBe(false);
  });

  test('is shown to readers without its code, and others as they are', () => {
    const error = new DownhillError({ code: 'aborted', source: 'train', problem: 'it was stopped', advice: 'Resume it.' });
    expect(plainMessage(error)).toBe('train: it was stopped. Resume it.');
    expect([new Error('no [disk] left'), 'gone'].map(plainMessage)).toEqual(['no [disk] left', 'gone']);
  });
});
