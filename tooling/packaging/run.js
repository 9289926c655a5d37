import { spawnSync } from 'node:child_process';

/** Runs a command in a folder and returns what it printed; throws, with all of that, when it fails. @param {string} folder @param {string} file @param {...string} args */
export function run(folder, file, ...args) {
  const { status, error, stdout, stderr } = spawnSync(file, args, { cwd: folder, encoding: 'utf8', shell: process.platform === 'win32' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${file} ${args.join(' ')} ended with ${status}:\n${stdout}${stderr}`);
  return stdout.trim();
}
