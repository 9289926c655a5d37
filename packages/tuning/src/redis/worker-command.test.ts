import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { worker } from './worker-command.ts';

const module = fileURLToPath(new URL('../../test/objectives.ts', import.meta.url));
const needed = ['--redis', 'redis://localhost', '--objective', module];

async function said(...args: readonly string[]): Promise<{ code: number; out: string[]; err: string[] }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await worker(args, { out: (line) => void out.push(line), err: (line) => void err.push(line) }, new AbortController().signal);
  return { code, out, err };
}

describe('downhill-worker', () => {
  test('says what it takes', async () => {
    const { code, out } = await said('--help');
    expect(code).toBe(0);
    for (const option of ['--redis <url>', '--objective <module>', '--study <name>', '--concurrency <n>', '--lost-after <seconds>'])
      expect(out.join('\n')).toContain(option);
  });

  test.each([
    [[], "required option '--redis <url>'"],
    [['--redis', 'redis://localhost'], "required option '--objective <module>'"],
    [[...needed, '--concurrency', '1.5'], 'It must be a whole number, at least 1.'],
    [[...needed, '--concurrency', 'two'], 'It must be a whole number, at least 1.'],
    [[...needed, '--lost-after', '0'], 'It must be a number, at least 0.1.'],
    [[...needed, '--objektive', 'x'], "unknown option '--objektive'"],
    [[...needed, 'more'], 'too many arguments'],
    [['--redis', 'redis://localhost', '--objective', './nowhere.js'], 'there is no module'],
  ])('ends with 2 and one line for %j', async (args, message) => {
    const { code, err } = await said(...args);
    expect([code, err]).toEqual([2, [expect.stringContaining(message)]]);
    expect(err[0]).toMatch(/^downhill-worker: /);
  });
});
