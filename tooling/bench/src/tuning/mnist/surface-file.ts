import { fileURLToPath } from 'node:url';

export const surfaceFile: string = fileURLToPath(new URL('../../../data/mnist-surface.json', import.meta.url));
