import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';

// The built program, as npm run recipe runs it: turbo builds before it tests.
const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'downhill-recipe-'));
afterAll(() => rmSync(folder, { recursive: true }));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function run(argv: readonly string[], onOut: (out: string, child: ChildProcess) => void = () => {}): Promise<Ended> {
  const child = spawn(process.execPath, [program, ...argv], { env: { ...process.env, INIT_CWD: folder } });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => onOut((out += String(text)), child));
  child.stderr.on('data', (text) => (err += String(text)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, out, err })));
}

const pageIn = (name: string): string => readFileSync(join(folder, name, 'report.html'), 'utf8');

describe('npm run recipe', () => {
  test('walks the seven steps, writes a page that loads nothing and prints its path; the same seed, the same page', async () => {
    const [one, two] = [await run(['--quick', '--seed', '3', '--out', 'one']), await run(['--quick', '--seed', '3', '--out', 'two'])];
    expect(one).toMatchObject({ code: 0, err: '' });
    for (let step = 1; step <= 7; step++) expect(one.out).toContain(`Step ${step} of 7: `);
    expect(one.out.match(/^ {2}(ok|warning|failed): /gm)).toHaveLength(7);
    expect(one.out.trimEnd().split('\n').at(-1)).toBe(`page: ${join('one', 'report.html')}`);
    expect(pageIn('one')).not.toMatch(/<script|src="(?!data:)/);
    expect(pageIn('one').match(/<img src="data:image/g)).toHaveLength(7);
    expect(pageIn('two')).toBe(pageIn('one'));
    const accuracy = /accuracy (0\.\d+)/g;
    expect(Math.max(...[...two.out.matchAll(accuracy)].map(([, value]) => Number(value)))).toBeGreaterThan(0.85);
  }, 240_000);

  test('after Ctrl-C it ends with 130 and a page of what was found', async () => {
    let asked = false;
    const { code, out, err } = await run(['--quick'], (seen, child) => {
      if (asked || !seen.includes('Step 3 of 7')) return;
      asked = true;
      child.kill('SIGINT');
      child.kill('SIGTERM'); // npx and pnpm send it a moment later
    });
    expect({ code, err }).toEqual({ code: 130, err: '' });
    expect(out).toMatch(/stopped after 2 of 7 steps; the page has what was found\npage: .*report\.html\n$/);
    const [name = ''] = readdirSync(join(folder, 'runs'));
    expect(name).toMatch(/^recipe-\d{4}-\d\d-\d\d-/);
    expect(pageIn(join('runs', name))).toContain('The signal asked to stop.');
  });

  test.each([
    [['--seed', 'banana'], '`--seed` must be a whole number'],
    [['--sed', '1'], "unknown option '--sed'"],
    [['more'], 'too many arguments'],
    [['--out', 'taken'], 'holds a report.html already'],
    [['--out', join('file', 'below')], 'cannot be made'],
  ])('%j is one line and exit code 2', async (argv, message) => {
    mkdirSync(join(folder, 'taken'), { recursive: true });
    writeFileSync(join(folder, 'taken', 'report.html'), '');
    writeFileSync(join(folder, 'file'), '');
    const { code, out, err } = await run(argv);
    expect({ code, out, lines: err.trim().split('\n').length }).toEqual({ code: 2, out: '', lines: 1 });
    expect(err).toContain(message);
  });

  test('--help shows every option and starts nothing', async () => {
    const { code, out } = await run(['--help', '--out', 'help']);
    expect(code).toBe(0);
    for (const option of ['--seed', '--quick', '--out']) expect(out).toContain(option);
    expect(existsSync(join(folder, 'help'))).toBe(false);
  });
});
