import { existsSync, readFileSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';
import { root } from './root.js';
import { childEnvironment, runCommand } from './run-command.js';

/** Runs the pinned pnpm. @param {readonly string[]} args @param {{ show?: boolean, onLine?: (line: string) => void }} [options] */
export async function pnpm(args, options) {
  const { script } = await located();
  return runCommand(process.execPath, [script, ...args], { ...options, env: await pnpmEnvironment() }); // turbo and publint start pnpm from the PATH
}

/** Our environment, with the pinned pnpm on the PATH. */
export async function pnpmEnvironment() {
  const { bin } = await located();
  const env = childEnvironment();
  const path = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  env[path] = `${bin}${delimiter}${env[path] ?? ''}`;
  return env;
}

/** @type {Promise<{ bin: string, script: string }> | undefined} */
let found;

/**
 * Where npx keeps the pinned pnpm. Without a network an online npx waits for over a minute, so the cache is asked first;
 * pnpm itself does not run under npx, because it would inherit "offline".
 */
function located() {
  found ??= locate('--offline').catch(() => locate('--prefer-offline'));
  return found;
}

/** @param {string} mode @returns {Promise<{ bin: string, script: string }>} */
async function locate(mode) {
  const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager.split('@')[1];
  const [file, ...args] = npx();
  const lines = await runCommand(file, [...args, mode, '--yes', `--package=pnpm@${version}`, '-c', 'node -p process.env.PATH']);
  for (const bin of lines.flatMap((line) => line.split(delimiter))) {
    const folder = join(bin, '../pnpm');
    if (!existsSync(join(folder, 'package.json'))) continue;
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    if (manifest.version === version) return { bin, script: join(folder, manifest.bin.pnpm) };
  }
  throw new Error(`npx brought no pnpm ${version}`);
}

/** The npx that belongs to the npm that runs us, else the one that came with this Node.js. @returns {[string, ...string[]]} */
function npx() {
  const npm = process.env.npm_execpath ?? '';
  if (basename(npm) === 'npm-cli.js') return [process.execPath, join(dirname(npm), 'npx-cli.js')];
  for (const lib of ['../lib/node_modules', 'node_modules']) {
    const script = join(dirname(process.execPath), lib, 'npm/bin/npx-cli.js');
    if (existsSync(script)) return [process.execPath, script];
  }
  return ['npx'];
}
