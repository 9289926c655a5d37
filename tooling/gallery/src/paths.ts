import { fileURLToPath } from 'node:url';

/** The project's folder; this file lies as deep in `src` as in `dist`. */
export const projectFolder: string = fileURLToPath(new URL('../../../', import.meta.url));

const augmentation = new URL('../../../packages/augmentation/', import.meta.url);

/** Where the sheets lie. */
export const sheetsFolder: string = fileURLToPath(new URL('docs/gallery/', augmentation));

/** The text that shows them. */
export const readmeFile: string = fileURLToPath(new URL('README.md', augmentation));
