import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { doctor } from './command.ts';

const falling = {
  train_loss: [2.2, 1.8, 1.4, 1.1, 0.85, 0.65],
  val_loss: [2, 1.6, 1.3, 1, 0.8, 0.6],
  lr: [1, 1, 1, 1, 1, 1],
  initial_loss: 2.3,
  classes: 10,
  loss: 'cross_entropy',
};
const broken = { train_loss: [2.2, null, null], initial_loss: 2.3 };

describe('npm run doctor', () => {
  let directory = '';
  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'doctor-'));
  });
  afterEach(() => rmSync(directory, { recursive: true }));

  const run = (content: unknown, ...options: string[]): { code: number; out: string[]; err: string[] } => {
    const [out, err]: [string[], string[]] = [[], []];
    writeFileSync(join(directory, 'runs.json'), typeof content === 'string' ? content : JSON.stringify(content));
    const code = doctor(['runs.json', ...options], { out: (line) => out.push(line), err: (line) => err.push(line), directory });
    return { code, out, err };
  };

  test('prints the confusion table, and the accuracy last', () => {
    const runs = [
      { ...falling, id: 'a', label: 'not_trained_long_enough' },
      { ...broken, id: 'b', label: 'diverged_nan' },
      { ...broken, id: 'c', label: 'healthy' },
    ];
    const { code, out } = run({ runs });
    expect(code).toBe(0);
    expect(out.at(-1)).toBe('accuracy 0.667');
    expect(out.at(-2)).toBe('mistaken: c');
    expect(out.find((line) => line.includes('diverged_nan'))).toMatch(/^ 9 diverged_nan [ .]+1 [ .]+1\.000$/);
    expect(out.find((line) => line.includes('healthy'))).toMatch(/^ 1 healthy [ .]+1 [ .]+0\.000$/);
    expect(out.find((line) => line.includes('overfitting'))).toMatch(/-$/); // there is no such run
  });

  test('prints a diagnosis a run where there are no labels', () => {
    const { out } = run({ runs: [falling, broken] });
    expect(out[0]).toMatch(/^run 1: not_trained_long_enough \(\d+ %\)$/);
    expect(out[3]).toBe('run 2: diverged_nan (100 %)');
  });

  test('gives JSON where that is asked for', () => {
    const { out } = run({ runs: [{ ...broken, id: 'b', label: 'diverged_nan' }] }, '--json');
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      accuracy: 1,
      recall: { diverged_nan: 1, healthy: null },
      runs: [{ id: 'b', label: 'diverged_nan', diagnosis: { finding: 'diverged_nan' } }],
    });
  });

  test.each([
    ['not JSON', 'cannot be read as JSON'],
    [{ cases: [] }, 'it should hold { "runs": [...] }'],
    [
      { runs: [{ train_loss: [1, 2], lr: [1] }] },
      '[data-invalid] run 1: [shape-mismatch] diagnose: `learningRate` must have one value per epoch',
    ],
  ])('refuses %j with code 2', (content, message) => {
    const { code, err, out } = run(content);
    expect(code).toBe(2);
    expect(err.join('\n')).toContain(message);
    expect(out).toEqual([]);
  });

  test('refuses a file that is not there, and a call without one, with code 2', () => {
    const quiet = { out: () => {}, err: () => {}, directory };
    expect(doctor(['nowhere.json'], quiet)).toBe(2);
    expect(doctor([], quiet)).toBe(2);
    expect(doctor(['--help'], quiet)).toBe(0);
  });
});
