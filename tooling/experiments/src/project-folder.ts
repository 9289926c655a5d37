import { fileURLToPath } from 'node:url';

/** The project's folder; this file lies as deep in `src` as in `dist`. */
export const projectFolder: string = fileURLToPath(new URL('../../../', import.meta.url));
