import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { golden, ownData } from './command.ts';
import { families } from './families.ts';

interface Run {
  readonly code: number;
  readonly out: readonly string[];
  readonly err: readonly string[];
}

let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'golden-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

async function run(...args: string[]): Promise<Run> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await golden(args, { out: (line) => out.push(line), err: (line) => err.push(line), directory, families });
  return { code, out, err };
}

/** Copies a reference file into the test's directory, altered. */
function alter(from: string, to: string, change: (file: never) => void = () => undefined): void {
  const file = JSON.parse(readFileSync(join(ownData, `${from}.json`), 'utf8')) as never;
  change(file);
  mkdirSync(join(directory, to, '..'), { recursive: true });
  writeFileSync(join(directory, `${to}.json`), JSON.stringify(file));
}

interface ScheduleFile {
  cases: { config: Record<string, unknown>; base_lr: number; lr: number[] }[];
}

interface UpdateFile {
  cases: { config: Record<string, unknown>; expected: Record<string, number[]>[]; expected_gradients: Record<string, number[]>[] }[];
}

describe('golden', () => {
  test('passes the project’s own copy on every backend', async () => {
    const { code, out } = await run();
    expect(out.at(-1)).toBe(`${out.length - 1} passed, 0 failed, 0 not covered`);
    expect(out).toContainEqual(
      expect.stringMatching(/^optimizers\/adamw +passed {2}cpu \d\.\de-7 {2}wasm \d\.\de-7 {2}tfjs \d\.\de-7 {2}\(at most \d\.\de-6\)$/),
    );
    expect(code).toBe(0);
  });

  test.each(['cpu', 'wasm', 'tfjs'])('fails a weight that is off by more than float32 explains, on %s', async (backend) => {
    alter('optimizers/sgd', 'optimizers/sgd', (file: UpdateFile) => {
      const weights = file.cases[2]!.expected[5]!.b!;
      weights[1]! += 4e-6 * Math.max(...weights.map(Math.abs));
    });
    const { code, out } = await run('optimizers', '--backend', backend);
    expect(out[0]).toMatch(/^optimizers\/sgd {2}FAILED {2}[34]\.\de-6 {2}\(at most 1\.8e-6; case 3, step 5, b\)$/);
    expect(out.at(-1)).toBe('0 passed, 1 failed, 0 not covered');
    expect(code).toBe(1);
  });

  test('fails a clipped gradient that is off, though the weights are right', async () => {
    alter('optimizers/clip_by_global_norm', 'optimizers/clip_by_global_norm', (file: UpdateFile) => {
      const gradient = file.cases[0]!.expected_gradients[3]!.w!;
      gradient[0]! += 4e-6 * Math.max(...gradient.map(Math.abs));
    });
    expect((await run('optimizers')).out[0]).toContain('; case 1, gradient, step 3, w)');
  });

  test('does not cover an update rule that is not built, nor a value of an argument', async () => {
    alter('optimizers/sgd', 'optimizers/perpetual_motion');
    alter('optimizers/sgdw', 'optimizers/sgdw', (file: UpdateFile) => {
      file.cases[1]!.config = { ...file.cases[1]!.config, caution: true };
    });
    expect((await run('optimizers')).out).toEqual([
      "optimizers/perpetual_motion  not covered: no update rule named 'perpetual_motion'",
      'optimizers/sgdw              not covered: `caution` is covered only as false, not as true',
      '0 passed, 0 failed, 2 not covered',
    ]);
  });

  test('passes the project’s own copy of the schedules, each file with its worst error', async () => {
    const { code, out } = await run(join(ownData, 'schedulers'));
    expect(out.at(-1)).toMatch(/^\d+ passed, 0 failed, 0 not covered$/);
    expect(out).toContainEqual(expect.stringMatching(/^schedulers\/cosine +passed {2}\d\.\de-\d+ {2}\(at most 1\.0e-9\)$/));
    expect(code).toBe(0);
  });

  test('fails a number that comes from no tensor, once for all backends', async () => {
    alter('ensembles/uncertainty', 'ensembles/uncertainty', (file: { cases: { expected: { variance: { data: number[] } } }[] }) => {
      file.cases[1]!.expected.variance.data[2]! += 1e-6;
    });
    expect((await run('ensembles')).out[0]).toMatch(
      /^ensembles\/uncertainty {2}FAILED {2}1\.0e-6 {2}\(at most 2\.0e-8; case 2, variance\)$/,
    );
  });

  test.each(['cpu', 'wasm', 'tfjs'])('counts files that need no backend under %s', async (backend) => {
    alter('schedulers/step', 'schedulers/step');
    expect((await run('schedulers', '--backend', backend)).out.at(-1)).toBe('1 passed, 0 failed, 0 not covered');
  });

  test('fails a file with one number altered, and says where', async () => {
    alter('schedulers/step', 'schedulers/step', (file: ScheduleFile) => void (file.cases[1]!.lr[30]! += 3e-10));
    alter('schedulers/linear', 'schedulers/linear');
    const { code, out } = await run('schedulers');
    expect(out[1]).toMatch(/^schedulers\/step +FAILED {2}3\.0e-9 {2}\(at most 1\.0e-9; case 2\)$/);
    expect(out.at(-1)).toBe('1 passed, 1 failed, 0 not covered');
    expect(code).toBe(1);
  });

  test('replays files of the same names with other numbers, in a directory of families anywhere', async () => {
    alter('schedulers/cosine', 'elsewhere/schedulers/cosine', (file: ScheduleFile) => {
      file.cases = [{ config: { T_max: 2, eta_min: 0.1 }, base_lr: 0.3, lr: [0.3, 0.2, 0.1, 0.2, 0.3, 0.2] }];
    });
    alter('schedulers/sequential', 'elsewhere/schedulers/sequential', (file: ScheduleFile) => {
      const inner = {
        combine: 'sequential',
        milestones: [1],
        schedules: [
          { kind: 'constant', factor: 0.5, total_iters: 9 },
          { kind: 'multistep', milestones: [1], gamma: 0.1 },
        ],
      };
      const config = {
        combine: 'sequential',
        milestones: [3],
        schedules: [inner, { kind: 'cosine_warm_restarts', T_0: 2, T_mult: 1, eta_min: 0 }],
      };
      file.cases = [{ config, base_lr: 0.4, lr: [0.2, 0.4, 0.04, 0.4, 0.2, 0.4] }];
    });
    expect((await run('elsewhere')).out.at(-1)).toBe('2 passed, 0 failed, 0 not covered');
  });

  test('does not cover, and does not fail, a schedule, a family or a value that is not built', async () => {
    alter('schedulers/step', 'all/schedulers/saw_tooth');
    alter('schedulers/step', 'all/tea_leaves/step');
    alter('schedulers/sequential', 'all/schedulers/sequential', (file: ScheduleFile) => {
      file.cases[0]!.config = { ...file.cases[0]!.config, combine: 'chained' };
    });
    alter('schedulers/step', 'all/schedulers/step', (file: ScheduleFile) => {
      file.cases[0]!.config = { ...file.cases[0]!.config, jitter: true };
    });
    const { code, out } = await run('all');
    expect(out).toEqual([
      expect.stringMatching(/^schedulers\/saw_tooth +not covered: no schedule named 'saw_tooth'$/),
      expect.stringMatching(/^schedulers\/sequential +not covered: `combine` is covered only as "sequential", not as "chained"$/),
      expect.stringMatching(/^schedulers\/step +not covered: the argument `jitter` has no counterpart$/),
      expect.stringMatching(/^tea_leaves\/step +not covered: no family named 'tea_leaves'$/),
      '0 passed, 0 failed, 4 not covered',
    ]);
    expect(code).toBe(0);
  });

  test('fails a file that is cut short, and one without cases', async () => {
    mkdirSync(join(directory, 'schedulers'));
    writeFileSync(join(directory, 'schedulers/step.json'), '{"cases": [');
    writeFileSync(join(directory, 'schedulers/linear.json'), '{"cases": []}');
    const { code, out } = await run('schedulers');
    expect(out.at(-1)).toBe('0 passed, 2 failed, 0 not covered');
    expect(code).toBe(1);
  });

  test('writes JSON alone on stdout with --json', async () => {
    cpSync(join(ownData, 'schedulers'), join(directory, 'schedulers'), { recursive: true });
    const { out, err } = await run('schedulers', '--json', '--backend', 'wasm');
    expect(JSON.parse(out.join('\n'))).toMatchObject({
      backends: ['wasm'],
      failed: 0,
      files: expect.arrayContaining([
        expect.objectContaining({
          family: 'schedulers',
          name: 'cosine',
          status: 'passed',
          results: [expect.objectContaining({ backend: 'wasm', passed: true })],
        }),
      ]),
    });
    expect(err).toContainEqual(expect.stringContaining('schedulers/cosine'));
  });

  test.each([
    [
      'an unknown backend',
      ['--backend', 'gpu'],
      "error: option '--backend <name>' argument 'gpu' is invalid. Allowed choices are cpu, wasm, tfjs, all.",
    ],
    ['an unknown option', ['--jsn'], "error: unknown option '--jsn'"],
    ['a directory that is not there', ['nowhere'], expect.stringMatching(/^golden: '.*nowhere' does not exist$/)],
    ['a directory without reference files', ['.'], expect.stringMatching(/^golden: '.*' holds no reference files \(\*\.json\)$/)],
  ])('ends with 2 and one line for %s', async (_, args, line) => {
    expect(await run(...args)).toEqual({ code: 2, out: [], err: [line] });
  });

  test('ends with 0 after --help', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, out: [expect.stringContaining('--backend')] });
  });
});
