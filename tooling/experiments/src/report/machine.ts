import { availableParallelism, cpus } from 'node:os';

/** The machine that this runs on. */
export const machine = (): string =>
  `Node.js ${process.version} on ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, ${availableParallelism()} cores`;
