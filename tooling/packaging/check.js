// Packs every package, installs the archives into an empty project, and checks them there as their users would use them.
import { checkProject } from './check-project.js';
import { emptyProject } from './empty-project.js';
import { inTemporaryFolder } from './temporary-folder.js';

try {
  await inTemporaryFolder(async (project) => {
    await emptyProject(project);
    await checkProject(project);
  });
} catch (error) {
  console.error(String(error)); // what a command printed, without our own stack
  process.exitCode = 1;
}
