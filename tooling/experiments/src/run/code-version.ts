import { execFileSync } from 'node:child_process';
import { projectFolder } from '../project-folder.ts';

/** The commit that is checked out, with `-dirty` where files differ from it. */
export function codeVersion(): string {
  try {
    return execFileSync('git', ['describe', '--always', '--dirty', '--exclude=*'], {
      cwd: projectFolder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return 'unknown'; // no git, or no clone
  }
}
