// Packs every package, installs the archives into an empty project, and checks them there as their users would use them; then writes, tests
// and trains with a new plugin.
import { say } from '../run/lib/progress.js';
import { checkProject } from './check-project.js';
import { emptyProject } from './empty-project.js';
import { plugin } from './plugin.js';
import { inTemporaryFolder } from './temporary-folder.js';

try {
  await inTemporaryFolder(async (project) => {
    await emptyProject(project);
    await checkProject(project);
    say(`a new plugin: tests, build and training: ${await plugin(project)}`);
  });
} catch (error) {
  console.error(String(error)); // what a command printed, without our own stack
  process.exitCode = 1;
}
