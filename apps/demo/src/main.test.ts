import { spawn, type ChildProcess } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { readEvents, readJsonLines, type Reading } from '@downhill/diagnostics';
import { replay } from '@downhill/tuning';
import { journalFile } from '@downhill/tuning/node';
import { beforeAll, describe, expect, test } from 'vitest';

// The built program, as npm start runs it: turbo builds before it tests.
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'downhill-demo-'));
const small = ['--limit', '1280', '--epochs', '2', '--seed', '7'];
/** Without what only looks on: the weights do not depend on it, and a run takes half the time. */
const alone = ['--no-meters', '--no-log', '--no-tensorboard', '--no-report', '--no-doctor', '--ema-decay', '0', '--last-epochs', '0'];
const quick = [...small, ...alone];

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
const interrupt = (child: ChildProcess): void => {
  child.kill('SIGINT');
  child.kill('SIGTERM'); // npx and pnpm send it a moment later
};
const kill = (child: ChildProcess): void => void child.kill('SIGKILL');
const hashIn = ({ out }: Ended): string | undefined => out.match(/\b[0-9a-f]{64}\b/g)?.at(-1);

/** What a run's log holds. */
const readingsIn = (name: string): readonly Reading[] => {
  const file = join(folder, name, 'readings.jsonl');
  const { readings, problems } = readJsonLines(readFileSync(file, 'utf8'), file);
  expect(problems).toEqual([]);
  return readings;
};
const lastStepIn = (name: string): number => Math.max(...readingsIn(name).map(({ step }) => step));

/** Waits for a run's first checkpoints, then does something to its process. */
async function disturbed(name: string, disturb: (child: ChildProcess) => void, options: readonly string[] = []): Promise<Ended> {
  const { child, ended } = start(...quick, ...options, '--out', name);
  const checkpoints = join(folder, name, 'checkpoints');
  const written = (): number =>
    existsSync(checkpoints) ? readdirSync(checkpoints).filter((file) => file.endsWith('.safetensors')).length : 0;
  while (written() < 1 && child.exitCode === null) await setTimeout(10);
  await setTimeout(100);
  disturb(child);
  return ended;
}

describe('npm start', () => {
  let whole: Ended;
  beforeAll(async () => {
    whole = await run(...small, '--out', 'whole');
  }, 60_000);

  test('trains, judges, prints the hash of the weights', () => {
    expect(whole).toMatchObject({ code: 0, err: '' });
    expect(whole.out).toMatch(/^step 38\/38 .* images\/s/m);
    expect(whole.out).toMatch(/^test accuracy 0\.\d{4} /m);
    expect(whole.out).toMatch(/^digit .*answer$/m);
    expect(hashIn(whole)).toBeDefined();
    expect(JSON.parse(readFileSync(join(folder, 'whole', 'result.json'), 'utf8'))).toMatchObject({ hash: hashIn(whole), examples: 10_000 });
  });

  test('compares what it learned in three ways, and takes the one that fits the held-out images best', () => {
    expect(whole.out).toMatch(
      /accuracy +NLL +ECE\n[* ] single( +0\.\d{4}){3}\n[* ] average of the weights( +0\.\d{4}){3}\n[* ] last 2 epochs( +0\.\d{4}){3}\n/,
    );
    const { chosen, candidates } = JSON.parse(readFileSync(join(folder, 'whole', 'result.json'), 'utf8')) as {
      chosen: string;
      candidates: { name: string; validation: { negativeLogLikelihood: number }; test: { accuracy: number } }[];
    };
    const [first] = candidates.toSorted((a, b) => a.validation.negativeLogLikelihood - b.validation.negativeLogLikelihood);
    expect(chosen).toBe(first!.name);
    expect(whole.out).toContain(`* ${chosen} `);
    expect(whole.out).toContain(`test accuracy ${first!.test.accuracy.toFixed(4)}`);
  });

  test('leaves a log, TensorBoard events and a page, and says what the curves say', () => {
    const readings = readingsIn('whole');
    const names = new Set(readings.map(({ name }) => name));
    for (const name of ['loss', 'val_loss', 'learningRate', 'val_confusion', 'gradient norm', 'update ratio/0/kernel'])
      expect(names).toContain(name);
    expect(readings.filter(({ name }) => name === 'loss').map(({ step }) => step)).toEqual([10, 20, 30]);
    const [events] = readdirSync(join(folder, 'whole', 'tensorboard'));
    const log = readEvents(readFileSync(join(folder, 'whole', 'tensorboard', events!)));
    expect(log.problem).toBeUndefined();
    expect(log.events.flatMap(({ values }) => values).length).toBeGreaterThan(80);
    expect(whole.out).toMatch(/^doctor: [a-z ]+ \(\d+ %\): /m);
    const page = readFileSync(join(folder, /^report: (.*)$/m.exec(whole.out)![1]!), 'utf8');
    expect(page).toContain('<!doctype html>');
    expect(page).toContain('taken for');
  });

  test('each part of that can be switched off; the weights do not depend on it', async () => {
    const bare = await run(...quick, '--out', 'bare');
    expect(hashIn(bare)).toBe(hashIn(whole));
    expect(readdirSync(join(folder, 'bare')).toSorted()).toEqual(['checkpoints', 'config.json', 'result.json']);
    expect(bare.out).not.toMatch(/doctor|report:|average of the weights|last \d epochs/);
  });

  test('goes on where its logs cannot be written, with one warning each', async () => {
    mkdirSync(join(folder, 'blocked', 'readings.jsonl'), { recursive: true });
    for (const name of ['tensorboard']) writeFileSync(join(folder, 'blocked', name), '');
    mkdirSync(join(folder, 'blocked', 'report.html'));
    const blocked = await run(...small, '--out', 'blocked');
    expect(blocked.code).toBe(0);
    expect(hashIn(blocked)).toBe(hashIn(whole));
    expect(blocked.out.match(/write-failed/g)).toHaveLength(2);
    expect(blocked.out).toMatch(/^no report: /m);
  });

  test('learns: two epochs of 1,280 images are worth 80 %', () => {
    expect(Number(/test accuracy (0\.\d+)/.exec(whole.out)?.[1])).toBeGreaterThan(0.8);
  });

  test.each(['--augment none', '--augment erasing', '--dropout 0.25', '--label-smoothing 0'])('%s makes a difference', async (option) => {
    const other = await run(...quick, ...option.split(' '), '--out', option.replaceAll(' ', ''));
    expect(hashIn(other)).toBeDefined();
    expect(hashIn(other)).not.toBe(hashIn(whole));
  });

  test('--patience ends a run that learns nothing more, and what is resumed ends with the same weights', async () => {
    const early = await run(
      '--limit',
      '640',
      '--epochs',
      '9',
      '--learning-rate',
      '1e-12',
      '--patience',
      '2',
      ...alone.filter((option) => option !== '--no-log'),
      '--out',
      'early',
    );
    expect(early.out).toContain('ended early, after epoch 3 of 9');
    expect(lastStepIn('early')).toBe(30); // three epochs of 587 images: a twelfth is held out
    const again = await run('--resume', '--out', 'early');
    expect(hashIn(again)).toBe(hashIn(early));
  });

  test('a finished run is judged again, with the same hash', async () => {
    const again = await run('--resume', '--out', 'whole');
    expect(again.out).toContain('resumed at step 38 of 38');
    expect(hashIn(again)).toBe(hashIn(whole));
  });

  test('--resume where nothing is starts at the beginning; another seed ends with another hash', async () => {
    const other = await run(...quick, '--seed', '8', '--resume', '--out', 'other');
    expect(other.out).not.toContain('resumed');
    expect(hashIn(other)).toBeDefined();
    expect(hashIn(other)).not.toBe(hashIn(whole));
  });

  test.each([
    ['Ctrl-C', 130, interrupt],
    ['kill -9', null, kill],
  ])('after %s a resumed run ends with the hash of an uninterrupted one', async (name, code, disturb) => {
    const out = `stopped-${code}`;
    const stopped = await disturbed(out, disturb);
    expect(stopped.code, name).toBe(code);
    expect(hashIn(stopped)).toBeUndefined();
    const resumed = await run(...quick, '--resume', '--out', out);
    expect(Number(/resumed at step (\d+) of 38/.exec(resumed.out)?.[1])).toBeGreaterThan(0);
    expect(hashIn(resumed)).toBe(hashIn(whole));
  });

  describe('--tune', () => {
    const searching = ['--tune', '5', '--limit', '640', '--epochs', '1', '--seed', '7', ...alone];
    let searched: Ended;
    beforeAll(async () => {
      searched = await run(...searching, '--out', 'searched');
    }, 120_000);

    /** All that is known of a run's trials, times apart. */
    const studies = async (name: string): Promise<unknown> => {
      const storage = journalFile(join(folder, name, 'tuning', 'study.journal'));
      const { studies: all, trials } = replay(await storage.read(0));
      return [
        all.map((study) => study.name),
        trials.map(({ number, state, settings, value, reports }) => ({ number, state, settings, value, reports })),
      ];
    };

    test('searches coarse to fine, shows it, and trains with the best settings', () => {
      expect(searched).toMatchObject({ code: 0, err: '' });
      expect(searched.out).toMatch(/^coarse 3: learning rate /m);
      expect(searched.out).toMatch(/^fine 0: learning rate /m);
      expect(searched.out).toMatch(/, goes on from \d+: .* after \d epochs/);
      const [, rate, decay] = /^best: learning rate (\S+), weight decay (\S+): loss /m.exec(searched.out)!;
      const result = JSON.parse(readFileSync(join(folder, 'searched', 'result.json'), 'utf8')) as {
        learningRate: number;
        weightDecay: number;
      };
      expect([result.learningRate.toPrecision(3), result.weightDecay.toPrecision(3)].map(Number)).toEqual([rate, decay].map(Number));
      expect(result.learningRate).not.toBe(0.003);
      for (const name of ['coarse', 'fine'])
        expect(readFileSync(join(folder, 'searched', 'tuning', `${name}.html`), 'utf8')).toContain('<!doctype html>');
    });

    test.each([
      ['Ctrl-C', 130, interrupt],
      ['kill -9', null, kill],
    ])(
      'after %s in the middle a resumed search comes to the same study and the same weights',
      async (name, code, disturb) => {
        const out = `searched-${code}`;
        const { child, ended } = start(...searching, '--out', out);
        const journal = join(folder, out, 'tuning', 'study.journal');
        const told = (): number => (existsSync(journal) ? readFileSync(journal, 'utf8').split('"op_code":6').length - 1 : 0);
        while (told() < 3 && child.exitCode === null) await setTimeout(5);
        disturb(child);
        const stopped = await ended;
        expect(stopped.code, name).toBe(code);
        expect(hashIn(stopped)).toBeUndefined();
        if (code !== null) expect(stopped.out).toContain('stopped in the search; npm start -- --resume');
        expect((await run(...searching, '--out', out)).err).toContain('--resume');
        expect(hashIn(await run('--resume', '--out', out))).toBe(hashIn(searched));
        expect(await studies(out)).toEqual(await studies('searched'));
      },
      120_000,
    );
  });

  describe('--plugin', () => {
    const tilt = join(folder, 'tilt.ts');
    const tilted = ['--plugin', './tilt.ts', '--optimizer', 'tilt', '--optimizer-options', '{"beta":0.8}', '--schedule', 'ramp'];
    beforeAll(() => copyFileSync(fileURLToPath(new URL('../test/tilt.ts', import.meta.url)), tilt));

    test('trains with the rules of a file of TypeScript, which finds our packages wherever it lies, and goes on with them', async () => {
      const straight = await run(...quick, ...tilted, '--out', 'tilted');
      expect(straight).toMatchObject({ code: 0, err: '' });
      expect(straight.out).toContain('tilt {"beta":0.8} with learning rate 0.002 (ramp)');
      const stopped = await disturbed('tilted-stopped', kill, tilted);
      expect(hashIn(stopped)).toBeUndefined();
      writeFileSync(tilt, `${readFileSync(tilt, 'utf8')}\n`);
      const resumed = await run('--resume', ...alone.slice(0, 5), '--out', 'tilted-stopped');
      expect(resumed.out).toContain('plugin tilt.ts is no longer what the run began with');
      expect(Number(/resumed at step (\d+) of 38/.exec(resumed.out)?.[1])).toBeGreaterThan(0);
      expect(hashIn(resumed)).toBe(hashIn(straight));
    });

    test.each([
      ['taken.mjs', 'export const adamw = () => 1;', "plugin taken.mjs: another factory is registered as 'adamw'. Choose another name"],
      ['empty.mjs', 'export const rate = 1;', 'plugin empty.mjs exports no factory'],
      ['broken.ts', 'export const rule: = 1;', 'plugin broken.ts cannot be read'],
    ])('%s is refused in one line', async (file, text, message) => {
      writeFileSync(join(folder, file), text);
      const { code, out, err } = await run('--plugin', `./${file}`);
      expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
      expect(err).toContain(message);
    });
  });

  test.each([
    [['--learning-rate', 'banana'], '`--learning-rate`'],
    [['--optimizer', 'rmspop'], "did you mean 'rmsprop'?"],
    [['--tune', '1.5'], '`--tune` must be a whole number'],
    [['--weight-decay', '-1'], '`--weight-decay`'],
    [['--out', 'whole'], '--resume'],
    [['--resume', '--out', 'whole', '--epochs', '9'], '`--epochs`'],
    [['--plugin', 'nothing'], 'no package nothing is installed'],
  ])('%j is one line and exit code 2', async (argv, message) => {
    const { code, out, err } = await run(...argv);
    expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toContain(message);
  });

  test('--help shows every option', async () => {
    const { code, out } = await run('--help');
    expect(code).toBe(0);
    for (const option of [
      'epochs',
      'limit',
      'seed',
      'batch-size',
      'learning-rate',
      'optimizer',
      'optimizer-options',
      'schedule',
      'schedule-options',
      'plugin',
      'augment',
      'augment-options',
      'layer',
      'layer-options',
      'sampler',
      'pruner',
      'dropout',
      'label-smoothing',
      'patience',
      'ema-decay',
      'last-epochs',
      'weight-decay',
      'tune',
      'no-meters',
      'no-log',
      'no-tensorboard',
      'no-report',
      'no-doctor',
      'backend',
      'resume',
      'out',
    ])
      expect(out).toContain(`--${option}`);
  });
});
