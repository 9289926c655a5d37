import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../run/lib/root.js';
import { run } from './run.js';

/** What a build leaves in a package: the copy need not build again, since the sources are the same. */
const built = ['dist', 'src/generated'];

/**
 * Copies this checkout as it is on disk, built packages included, into a git repository of its own, and installs what
 * `changeset version` and `pnpm pack` need there.
 *
 * @param {string} copy
 * @param {readonly string[]} folders of the packages that are published
 */
export async function releaseCopy(copy, folders) {
  const listed = await run(root, 'git', 'ls-files', '-z', '--cached', '--others', '--exclude-standard');
  for (const file of listed.split('\0').filter((name) => name !== '' && existsSync(join(root, name)))) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  const filters = ['--filter', '.', '--filter', './packages/*'];
  await run(copy, 'pnpm', 'install', '--frozen-lockfile', '--prefer-offline', '--ignore-scripts', ...filters);
  await run(copy, 'pnpm', 'exec', 'oxfmt'); // versioning formats too; what is not formatted yet is not its doing
  await run(copy, 'git', 'init', '--quiet', '--initial-branch=main');
  await run(copy, 'git', 'add', '--all');
  const author = ['-c', 'user.name=rehearsal', '-c', 'user.email=rehearsal@localhost', '-c', 'commit.gpgsign=false'];
  await run(copy, 'git', ...author, 'commit', '--quiet', '--no-verify', '--message=rehearsal'); // the changelog names the commit of a changeset
  for (const folder of folders) {
    const name = folder.slice(root.length);
    for (const part of built) {
      if (existsSync(join(folder, part))) cpSync(join(folder, part), join(copy, name, part), { recursive: true });
    }
  }
}

/** The files of the copy that differ from its commit. @param {string} copy */
export async function changedFiles(copy) {
  const printed = await run(
    copy,
    'git',
    '-c',
    'core.quotePath=false',
    'ls-files',
    '--modified',
    '--deleted',
    '--others',
    '--exclude-standard',
  );
  return [...new Set(printed.split('\n').filter((line) => line !== ''))];
}
