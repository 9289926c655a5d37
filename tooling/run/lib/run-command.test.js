import { expect, test } from 'vitest';
import { childEnvironment, runCommand } from './run-command.js';

const script = /** @param {string} text */ (text) => runCommand(process.execPath, ['-e', text]);

test('returns what the command printed', async () => {
  expect(await script('console.log("one"); console.log("two")')).toEqual(['one', 'two']);
});

test('rejects with the cause and all lines when the command fails', async () => {
  const failed = script('console.log("begins"); console.error("RangeError: too much"); process.exit(3)');
  await expect(failed).rejects.toMatchObject({ message: 'RangeError: too much', shown: false });
});

test('rejects when there is no such command', async () => {
  await expect(runCommand('no-such-command-here', [])).rejects.toThrow('ENOENT');
});

test("keeps npm's silence from the commands", () => {
  process.env['npm_config_loglevel'] = 'silent';
  expect(childEnvironment()).not.toHaveProperty('npm_config_loglevel');
});
