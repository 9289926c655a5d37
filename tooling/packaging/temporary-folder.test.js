import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';

/** Runs a program in this folder; `onLine` gets what it prints, to stop it. @param {string} program @param {(text: string, child: import('node:child_process').ChildProcess) => void} onText */
async function ended(program, onText) {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program], { cwd: import.meta.dirname });
  child.stdout.setEncoding('utf8').on('data', (text) => onText(text, child));
  return new Promise((resolve) => child.once('close', (code) => resolve(code)));
}

const working = (/** @type {string} */ work) => `
  import { run } from './run.js';
  import { inTemporaryFolder } from './temporary-folder.js';
  await inTemporaryFolder(async (folder) => {
    ${work}
  });`;

/** Whether a process runs; one that ended may stay in the list until its parent asks. @param {number} pid */
const runs = (pid) => /^[^Z]/.test(spawnSync('ps', ['-o', 'stat=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim());

test.each(
  /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ]),
)('%s ends what a command started, removes the folder and exits with %i', async (signal, code) => {
  let folder = '';
  let pid = 0;
  // The command is a shell with a child; the child tells its number and would go on for a minute.
  const program = working(`
    console.log('folder ' + folder);
    const child = 'console.log(process.pid); setTimeout(() => {}, 60000)';
    const command = run(folder, 'sh', '-c', 'node -e "' + child + '" > pid; true');
    const { readFileSync } = await import('node:fs');
    const timer = setInterval(() => {
      let pid = '';
      try { pid = readFileSync(folder + '/pid', 'utf8').trim(); } catch {}
      if (pid === '') return;
      clearInterval(timer);
      console.log('child ' + pid);
    }, 20);
    await command;`);
  const exit = await ended(program, (text, parent) => {
    folder ||= /folder (.+)/.exec(text)?.[1] ?? '';
    pid ||= Number(/child (\d+)/.exec(text)?.[1] ?? 0);
    if (pid !== 0) parent.kill(signal);
  });
  expect(exit).toBe(code);
  expect(folder).not.toBe('');
  expect(existsSync(folder)).toBe(false);
  expect(runs(pid)).toBe(false);
});

test('the folder is gone after work that throws, and the error is its own', async () => {
  let folder = '';
  const program = `try { ${working("console.log(folder); throw new Error('no');").replaceAll(/import (.*) from (.*);/g, 'const $1 = await import($2);')} }
    catch (error) { process.exitCode = error.message === 'no' ? 7 : 1; }`;
  expect(await ended(program, (text) => (folder += text.trim()))).toBe(7);
  expect(folder).not.toBe('');
  expect(existsSync(folder)).toBe(false);
});
