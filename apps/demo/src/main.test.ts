import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';

// The built program, as npm start runs it: turbo builds before it tests.
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'downhill-demo-'));
const small = ['--limit', '1280', '--epochs', '2', '--seed', '7'];

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

/** The last step that a run's log tells of. */
const stepsIn = (name: string): number =>
  readFileSync(join(folder, name, 'metrics.jsonl'), 'utf8')
    .trim()
    .split('\n')
    .reduce((last, line) => Math.max(last, (JSON.parse(line) as { step: number }).step), 0);

/** Waits for a run's first checkpoints, then does something to its process. */
async function disturbed(name: string, disturb: (child: ChildProcess) => void): Promise<Ended> {
  const { child, ended } = start(...small, '--out', name);
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
    expect(whole.out).toMatch(/^step 40\/40 .* images\/s/m);
    expect(whole.out).toMatch(/^test accuracy 0\.\d{4} /m);
    expect(whole.out).toMatch(/^digit .*answer$/m);
    expect(hashIn(whole)).toBeDefined();
    const lines = readFileSync(join(folder, 'whole', 'metrics.jsonl'), 'utf8')
      .trim()
      .split('\n');
    expect(lines).toHaveLength(42); // 40 steps, 2 epochs
    expect(JSON.parse(lines[0]!)).toMatchObject({
      step: 1,
      epoch: 1,
      loss: expect.any(Number),
      accuracy: expect.any(Number),
      learningRate: 0,
    });
    expect(JSON.parse(readFileSync(join(folder, 'whole', 'result.json'), 'utf8'))).toMatchObject({ hash: hashIn(whole), examples: 10_000 });
  });

  test('learns: two epochs of 1,280 images are worth 80 %', () => {
    expect(Number(/test accuracy (0\.\d+)/.exec(whole.out)?.[1])).toBeGreaterThan(0.8);
  });

  test.each(['--augment none', '--augment erasing', '--dropout 0.25', '--label-smoothing 0'])('%s makes a difference', async (option) => {
    const other = await run(...small, ...option.split(' '), '--out', option.replaceAll(' ', ''));
    expect(hashIn(other)).toBeDefined();
    expect(hashIn(other)).not.toBe(hashIn(whole));
  });

  test('--patience ends a run that learns nothing more, and what is resumed ends with the same weights', async () => {
    const early = await run('--limit', '640', '--epochs', '9', '--learning-rate', '1e-12', '--patience', '2', '--out', 'early');
    expect(early.out).toContain('ended early, after epoch 3 of 9');
    expect(stepsIn('early')).toBe(27); // three epochs of 576 images: a tenth is held out
    const again = await run('--resume', '--out', 'early');
    expect(hashIn(again)).toBe(hashIn(early));
  });

  test('a finished run is judged again, with the same hash', async () => {
    const again = await run('--resume', '--out', 'whole');
    expect(again.out).toContain('resumed at step 40 of 40');
    expect(hashIn(again)).toBe(hashIn(whole));
  });

  test('--resume where nothing is starts at the beginning; another seed ends with another hash', async () => {
    const other = await run(...small, '--seed', '8', '--resume', '--out', 'other');
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
    const resumed = await run(...small, '--resume', '--out', out);
    expect(Number(/resumed at step (\d+) of 40/.exec(resumed.out)?.[1])).toBeGreaterThan(0);
    expect(hashIn(resumed)).toBe(hashIn(whole));
  });

  test.each([
    [['--learning-rate', 'banana'], '`--learning-rate`'],
    [['--optimizer', 'rmspop'], "did you mean 'rmsprop'?"],
    [['--out', 'whole'], '--resume'],
    [['--resume', '--out', 'whole', '--epochs', '9'], '`--epochs`'],
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
      'schedule',
      'augment',
      'dropout',
      'label-smoothing',
      'patience',
      'backend',
      'resume',
      'out',
    ])
      expect(out).toContain(`--${option}`);
  });
});
