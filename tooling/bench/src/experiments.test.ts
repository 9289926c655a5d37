import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Report } from '@downhill/experiments';
import { beforeAll, describe, expect, test } from 'vitest';
import type { ConvergenceReport } from './convergence/report.ts';

// The built program, as npm run bench starts it: turbo builds before it tests.
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'downhill-experiments-'));
const small = ['convolution-algorithms', '--quick', '--seeds', '2', '--data', 'mnist', '--json', '--folder'];

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function start(...argv: string[]): { readonly child: ChildProcess; readonly ended: Promise<Ended> } {
  const child = spawn(process.execPath, [program, ...argv], { env: { ...process.env, INIT_CWD: folder } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => (err += String(text)));
  const ended = new Promise<Ended>((resolve) => child.on('close', (code) => resolve({ code, out, err })));
  return { child, ended };
}

const run = (...argv: string[]): Promise<Ended> => start(...argv).ended;
const finished = (name: string): readonly string[] => {
  const path = join(folder, name, 'trials');
  return existsSync(path) ? readdirSync(path).filter((file) => file.endsWith('.json')) : [];
};
const found = ({ out }: Ended): Report['dataSets'] => (JSON.parse(out) as Report).dataSets;

describe('npm run bench -- convolution-algorithms', () => {
  let whole: Ended;
  beforeAll(async () => {
    whole = await run(...small, 'whole');
  });

  test('trains all pairs, and reports them as JSON and as Markdown', () => {
    expect(whole.code).toBe(0);
    const [mnist] = found(whole);
    expect(mnist).toMatchObject({ name: 'mnist', seeds: [1, 2], arms: [{ arm: 'direct' }, { arm: 'winograd' }] });
    expect(mnist!.differences).toHaveLength(3);
    expect(mnist!.differences.map(({ samePairs }) => samePairs)).toEqual([0, 0, 0]);
    expect(readFileSync(join(folder, 'whole', 'report.md'), 'utf8')).toContain(
      '- MNIST: over 2 seeds the held-out accuracy with winograd is',
    );
    expect(readFileSync(join(folder, 'whole', 'report.json'), 'utf8')).toBe(whole.out);
    expect(whole.err).toMatch(/^trial 4 of 4, mnist with winograd, seed 2: held-out accuracy 0\.\d{4}, in/m);
  });

  test.each([
    ['Ctrl-C', 130, ['SIGINT', 'SIGTERM']], // npx and pnpm send the second one a moment later
    ['kill -9', null, ['SIGKILL']],
  ] as const)('after %s it goes on, trains nothing twice, and finds the same', async (name, code, signals) => {
    const out = `stopped-${code}`;
    const { child, ended } = start(...small, out);
    while (finished(out).length === 0 && child.exitCode === null) await setTimeout(5);
    for (const signal of signals) child.kill(signal);
    expect((await ended).code, name).toBe(code);
    const kept = finished(out);
    expect(kept.length).toBeLessThan(4);
    const times = kept.map((file) => statSync(join(folder, out, 'trials', file)).mtimeMs);
    const resumed = await run(...small, out);
    expect(resumed.err).toContain(`${kept.length} of 4 trials are finished already`);
    expect(kept.map((file) => statSync(join(folder, out, 'trials', file)).mtimeMs)).toEqual(times);
    expect(found(resumed)).toEqual(found(whole));
  });

  test.each([
    [['convolution-algorithms', '--seeds', '1'], '--seeds'],
    [['convolution-algorithms', '--data', 'mnist', '--folder', 'whole'], '--folder'], // other settings
  ])('%j is one line and exit code 2', async (argv, message) => {
    const { code, out, err } = await run(...argv);
    expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toContain(message);
  });
});

describe('npm run bench -- convergence', () => {
  const few = ['convergence', '--quick', '--seeds', '1', '--case', 'rosenbrock', '--json', '--folder'];
  const measured = ({ out }: Ended) =>
    (JSON.parse(out) as ConvergenceReport).problems.map(({ name, found }) => ({
      name,
      runs: found.map(({ rule, runs }) => ({ rule, runs })),
    }));
  const kept = (name: string): number => {
    const file = join(folder, name, 'rosenbrock.json');
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { found: readonly unknown[] }).found.length : 0;
  };

  test('measures every rule; stopped by Ctrl-C it goes on, measures nothing twice, and finds the same', async () => {
    const whole = await run(...few, 'all');
    expect(whole.code).toBe(0);
    const [rosenbrock] = measured(whole);
    const { runs } = rosenbrock!;
    expect(rosenbrock).toMatchObject({ name: 'rosenbrock', runs: { length: kept('all') } });
    expect(runs.map(({ rule }) => rule)).toEqual(expect.arrayContaining(['sgd', 'muon', 'lbfgs']));
    expect(whole.err).toContain(`1 of ${runs.length}, rosenbrock with sgd: not there at`);

    const { child, ended } = start(...few, 'part');
    while (kept('part') === 0 && child.exitCode === null) await setTimeout(5);
    child.kill('SIGINT');
    const stopped = await ended;
    expect(stopped.code).toBe(130);
    expect(stopped.err).toContain('npm run bench -- convergence --case rosenbrock --seeds 1 --quick --folder part goes on');
    const before = kept('part');
    expect(before).toBeLessThan(runs.length);
    const resumed = await run(...few, 'part');
    expect(resumed.err).toContain(`${before} of ${runs.length} are measured already`);
    expect(measured(resumed)).toEqual(measured(whole));
  });

  test('a folder of other settings is one line and exit code 2', async () => {
    const { code, err } = await run('convergence', '--case', 'rosenbrock', '--folder', 'all');
    expect(code).toBe(2);
    expect(err).toContain('rosenbrock.json was made with other settings: name another folder with --folder');
  });
});
