import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder; this file lies as deep in `src` as in `dist`. */
export const projectFolder: string = fileURLToPath(new URL('../../../', import.meta.url));

/** Where the pictures of a package's gallery lie. */
export const galleryFolder = (of: string): string => join(projectFolder, 'packages', of, 'docs/gallery');

/** The text that shows them. */
export const readmeFile = (of: string): string => join(projectFolder, 'packages', of, 'README.md');
