import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder. */
export const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Where the scripts note what they did; gone when `node_modules` goes. */
export const notes = join(root, 'node_modules/.downhill');
