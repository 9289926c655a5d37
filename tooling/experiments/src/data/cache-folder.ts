import { join } from 'node:path';
import { projectFolder } from '../project-folder.ts';

/** Where things that take long to make are kept; git ignores it. */
export const cacheFolder = (name: string): string => join(projectFolder, '.cache/experiments', name);
