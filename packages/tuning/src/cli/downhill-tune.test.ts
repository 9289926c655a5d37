import { spawn, type ChildProcess } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

// The built program, as npx runs it: turbo builds before it tests.
const root = fileURLToPath(new URL('../..', import.meta.url));
const program = join(root, 'bin/downhill-tune.js');
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'downhill-tune-')));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(argv: readonly string[], { started = program, env = {}, onErr = () => {} }: Run = {}): Promise<Ended> {
  const { DEBUG: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [started, ...argv], { cwd: folder, env: { ...inherited, ...env } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += String(text)));
  child.stderr.on('data', (text) => onErr((err += String(text)), child));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

interface Run {
  readonly started?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly onErr?: (err: string, child: ChildProcess) => void;
}

const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
const lines = (text: string): string[] => text.trim().split('\n');

beforeAll(() => {
  write('space.json', JSON.stringify({ x: { kind: 'float', low: -3, high: 3 }, kind: { kind: 'categorical', choices: ['a', 'b'] } }));
  write('other.json', JSON.stringify({ x: { kind: 'float', low: -3, high: 4 } }));
  write('empty.json', JSON.stringify({ x: { kind: 'categorical', choices: [] } }));
  write('torn.json', '{ "x": ');
  write('objective.mjs', 'export const objective = ({ settings }) => (settings.x - 1) ** 2;');
  write('noisy.mjs', 'export const objective = ({ settings, seed }) => settings.x ** 2 + (seed % 1000) * 1e-6;');
  write('fails.mjs', "export default () => { throw new Error('no luck\\nat all'); };");
  write('broken.mjs', 'export const objective = (;');
  write('nothing.mjs', 'export const target = 1;');
  write(
    'slow.mjs',
    `import { setTimeout as sleep } from 'node:timers/promises';
export const objective = async ({ number, settings, signal }) => {
  if (number === 3) process.stderr.write('third\\n');
  await sleep(number < 3 ? 1 : 60_000, undefined, { signal });
  return settings.x;
};`,
  );
  write(
    'deaf.mjs',
    `export const objective = async () => { process.stderr.write('third\\n'); await new Promise((resolve) => setTimeout(resolve, 60_000)); };`,
  );
  write(
    'typed.ts',
    `export const space = { x: { kind: 'float', low: 0, high: 1 } };\nexport const objective = ({ settings }: { settings: { x: number } }): number => settings.x;`,
  );
});

describe('downhill-tune', () => {
  const usual = ['--space', 'space.json', '--objective', './objective.mjs'];

  test('prints the best trial as JSON and nothing else, and says on stderr what came of it; the same seed, the same trial', async () => {
    const argv = [...usual, '--trials', '12', '--seed', '4', '--sampler', 'random'];
    const [one, two] = await Promise.all([run(argv), run(argv)]);
    expect(one).toMatchObject({ code: 0, out: two.out });
    const best = JSON.parse(one.out) as { number: number; value: number; settings: { x: number } };
    expect(best.value).toBe((best.settings.x - 1) ** 2);
    expect(one.err).toMatch(new RegExp(`^12 trials: 12 complete\\. The best value is .*, of trial ${best.number}\\.\\n$`));
  });

  test('takes names and options of samplers and pruners, settings to try first, a direction, and prints the whole study', async () => {
    const plugins = [
      '--sampler',
      'tpe',
      '--sampler-options',
      '{"startupTrials":2}',
      '--pruner',
      'median',
      '--pruner-options',
      '{"startupTrials":1}',
    ];
    const { code, out } = await run([
      ...usual,
      ...plugins,
      '--trials',
      '5',
      '--direction',
      'maximize',
      '--enqueue',
      '{"x":-3}',
      '--enqueue',
      '{"kind":"b"}',
      '--json',
    ]);
    const { trials, best, direction } = JSON.parse(out);
    expect([code, direction, trials.length]).toEqual([0, 'maximize', 5]);
    expect(trials[0].settings.x).toBe(-3);
    expect(trials[1].settings.kind).toBe('b');
    expect(best).toMatchObject({ number: 0, value: 16 });
  });

  test('a grid ends by itself', async () => {
    write('grid.json', JSON.stringify({ x: { kind: 'int', low: 0, high: 3 } }));
    const { code, err } = await run(['--space', 'grid.json', '--objective', './objective.mjs', '--sampler', 'grid']);
    expect({ code, trials: /^\d+/.exec(err)?.[0] }).toEqual({ code: 0, trials: '4' });
  });

  test('goes on with a study that the storage has up to as many trials, and tries nothing twice', async () => {
    const kept = [...usual, '--storage', 'kept.journal', '--enqueue', '{"x":2}'];
    await run([...kept, '--trials', '4']);
    const { code, out } = await run([...kept, '--trials', '7', '--json']);
    const whole = await run([...usual, '--enqueue', '{"x":2}', '--trials', '7', '--json']);
    const settingsIn = (text: string) => JSON.parse(text).trials.map(({ settings }: { settings: object }) => settings);
    expect(code).toBe(0);
    expect(settingsIn(out)).toEqual(settingsIn(whole.out));
    expect(await run([...kept, '--trials', '7', '--json'])).toMatchObject({ code: 0, out });
  });

  test('begins nothing after its time, and runs several trials at a time', async () => {
    write(
      'waits.mjs',
      "import { setTimeout } from 'node:timers/promises';\nexport const objective = ({ settings }) => setTimeout(300, settings.x);",
    );
    const { code, out } = await run(['--space', 'space.json', '--objective', './waits.mjs', '--timeout', '1', '--parallel', '4', '--json']);
    const { trials } = JSON.parse(out) as { trials: readonly { startedAt: number; endedAt: number }[] };
    expect(code).toBe(0);
    expect(trials.length).toBeGreaterThanOrEqual(4);
    expect(trials.length).toBeLessThanOrEqual(20);
    expect(trials[3]?.startedAt).toBeLessThan(trials[0]?.endedAt ?? 0);
  });

  test('comes to the same trials in threads', async () => {
    const argv = [...usual, '--sampler', 'random', '--trials', '6', '--json'];
    const valuesIn = (text: string) => JSON.parse(text).trials.map(({ value }: { value: number }) => value);
    const [inThreads, inTurn] = [await run([...argv, '--threads', '2']), await run(argv)];
    expect(inThreads.code).toBe(0);
    expect(valuesIn(inThreads.out)).toEqual(valuesIn(inTurn.out));
  });

  test('measures the leaders again, and prints the winner with its mean', async () => {
    const { code, out, err } = await run(['--space', 'space.json', '--objective', './noisy.mjs', '--trials', '9', '--settle', '3']);
    const { number, settled } = JSON.parse(out);
    expect(code).toBe(0);
    expect(settled.values).toHaveLength(3);
    expect(err).toMatch(/Measuring again: /);
    expect(err).toContain(`Measured again, trial ${number} `);
  });

  test('writes a page and four pictures where it is told to', async () => {
    const { code } = await run([...usual, '--trials', '5', '--report', 'out/page.html', '--svg', 'out/svg']);
    expect(code).toBe(0);
    expect(readFileSync(join(folder, 'out/page.html'), 'utf8')).toMatch(/^<!doctype html>/);
    expect(readdirSync(join(folder, 'out/svg')).toSorted()).toEqual([
      'history.svg',
      'intermediate-values.svg',
      'parallel-coordinates.svg',
      'slice.svg',
    ]);
  });

  test('ends with 1 where no trial is complete, and says why the last one failed in one line', async () => {
    const ended = await run(['--space', 'space.json', '--objective', './fails.mjs', '--trials', '3']);
    expect(ended).toEqual({ code: 1, out: '', err: '3 trials: 3 failed. None is complete. The last that failed: Error: no luck\n' });
  });

  test('after Ctrl-C it ends with 130, has kept everything, and says how to go on', async () => {
    const argv = [
      '--space',
      'space.json',
      '--objective',
      './slow.mjs',
      '--trials',
      '9',
      '--storage',
      'stopped.journal',
      '--report',
      'stopped.html',
    ];
    let asked = false;
    const { code, out, err } = await run(argv, {
      onErr(seen, child) {
        if (asked || !seen.includes('third')) return;
        asked = true;
        child.kill('SIGINT');
        child.kill('SIGTERM'); // npx and pnpm send it a moment later
      },
    });
    expect(code).toBe(130);
    expect(JSON.parse(out).number).toBeLessThan(3);
    expect(lines(err).slice(1)).toEqual([
      'Stopping: what runs is told, and kept. Once more ends it at once.',
      expect.stringMatching(/^4 trials: 3 complete, 1 waiting\./),
      "The study 'study' is kept in stopped.journal: the same command goes on from here.",
    ]);
    expect(existsSync(join(folder, 'stopped.html'))).toBe(true);
  });

  test('a second Ctrl-C ends it at once', async () => {
    let asked = 0;
    const started = performance.now();
    const { code } = await run(['--space', 'space.json', '--objective', './deaf.mjs', '--trials', '1'], {
      onErr(seen, child) {
        if (asked === 0 && seen.includes('third')) {
          asked = 1;
          child.kill('SIGINT');
          setTimeout(() => child.kill('SIGINT'), 700);
        }
      },
    });
    expect(code).toBe(130);
    expect(performance.now() - started).toBeLessThan(30_000);
  });

  test.each([
    [['--trials', '3'], "required option '--objective <module>' not specified"],
    [[...['--objective', './objective.mjs'], '--trials', '3'], 'there is no space: name its file'],
    [['--objective', './nowhere.js', '--trials', '3'], 'there is no module'],
    [['--objective', './broken.mjs', '--trials', '3'], './broken.mjs cannot be imported: Unexpected token'],
    [['--objective', './nothing.mjs', '--trials', '3'], 'must export a function `objective`'],
    [[...['--objective', './objective.mjs', '--space'], 'torn.json', '--trials', '3'], 'the space torn.json cannot be read'],
    [[...['--objective', './objective.mjs', '--space'], 'empty.json', '--trials', '3'], 'empty.json: '],
    [[...['--objective', './objective.mjs', '--space'], 'none.json', '--trials', '3'], 'the space none.json cannot be read'],
    [[...usual], 'say when it is to end'],
    [[...usual, '--trials', 'many'], '`--trials` must be a whole number, at least 1, got "many"'],
    [[...usual, '--trials', '0'], '`--trials` must be a whole number, at least 1, got 0'],
    [[...usual, '--timeout', '-1'], '`--timeout` must be a finite number, above 0'],
    [[...usual, '--trials', '3', '--tirals', '3'], "unknown option '--tirals'"],
    [[...usual, '--trials', '3', 'more'], 'too many arguments'],
    [[...usual, '--trials', '3', '--sampler', 'tpee'], 'there is no sampler "tpee". Did you mean tpe?'],
    [[...usual, '--trials', '3', '--pruner', 'constructor'], 'there is no pruner "constructor". There are asha, '],
    [[...usual, '--trials', '3', '--sampler-options', '{"startup":1}'], 'has no option `startup`'],
    [[...usual, '--trials', '3', '--sampler-options', '{'], '{ is not JSON'],
    [[...usual, '--trials', '3', '--direction', 'up'], "`--direction` must be one of 'minimize', 'maximize'"],
    [[...usual, '--trials', '3', '--parallel', '2', '--threads', '2'], 'cannot both be given'],
    [[...usual, '--trials', '3', '--enqueue', '{"y":1}'], '`settings.y` is no parameter of the space'],
    [[...usual, '--trials', '3', '--settle', '1'], '`--settle` must be a whole number, at least 2'],
    [[...usual, '--trials', '3', '--report', '.'], '`--report` must be a file'],
    [[...usual, '--trials', '3', '--svg', 'space.json'], '`--svg` must be a folder'],
    [[...usual, '--trials', '3', '--storage', 'torn.json'], 'torn.json'],
  ])('%j is one line and exit code 2', async (argv, message) => {
    const { code, out, err } = await run(argv);
    expect({ code, out, lines: lines(err).length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toContain(message);
    expect(err).toMatch(/^downhill-tune: /);
  });

  test('a study that has another space is one line that says what differs, and exit code 2', async () => {
    await run([...usual, '--trials', '2', '--storage', 'another.journal']);
    const { code, out, err } = await run([
      '--space',
      'other.json',
      '--objective',
      './objective.mjs',
      '--trials',
      '2',
      '--storage',
      'another.journal',
    ]);
    expect({ code, out, lines: lines(err).length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toContain("the study 'study' is another one. `kind` is gone. `x`: high was 3, now 4.");
  });

  test('a stack trace is shown to who sets DEBUG', async () => {
    const { code, err } = await run(['--objective', './nowhere.js', '--trials', '3'], { env: { DEBUG: '1' } });
    expect(code).toBe(2);
    expect(err).toMatch(/\n {4}at /);
  });

  test('--help names every option and starts nothing', async () => {
    const { code, out, err } = await run(['--help', '--storage', 'help.journal']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    for (const option of [
      'objective',
      'space',
      'trials',
      'timeout',
      'parallel',
      'threads',
      'sampler',
      'sampler-options',
      'pruner',
      'pruner-options',
      'direction',
      'seed',
      'name',
      'storage',
      'enqueue',
      'settle',
      'report',
      'svg',
      'json',
    ])
      expect(out).toContain(`--${option} `);
    expect(existsSync(join(folder, 'help.journal'))).toBe(false);
  });

  test('an objective in TypeScript may bring its space', async () => {
    const { code, out } = await run(['--objective', './typed.ts', '--trials', '3']);
    expect(code).toBe(0);
    expect(JSON.parse(out).value).toBeLessThan(1);
  });

  test.skipIf('typescript' in process.features)('without tsx, one in TypeScript is one line and exit code 2', async () => {
    const installed = installedWithout('tsx');
    expect(await run([...usual, '--trials', '2'], { started: installed })).toMatchObject({ code: 0 });
    const { code, out, err } = await run(['--objective', './typed.ts', '--trials', '3'], { started: installed });
    expect({ code, out, lines: lines(err).length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toContain('npm install tsx');
  });
});

/** The package beside its dependencies, as npm installs it, in a folder that has nothing else. */
function installedWithout(missing: string): string {
  const modules = join(folder, 'installed/node_modules');
  const place = join(modules, '@downhill/tuning');
  mkdirSync(place, { recursive: true });
  for (const part of ['bin', 'dist', 'package.json']) cpSync(join(root, part), join(place, part), { recursive: true });
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Readonly<Record<string, string>>;
  };
  for (const name of Object.keys(dependencies).filter((name) => name !== missing)) {
    mkdirSync(dirname(join(modules, name)), { recursive: true });
    symlinkSync(realpathSync(join(root, 'node_modules', name)), join(modules, name));
  }
  return join(place, 'bin/downhill-tune.js');
}
