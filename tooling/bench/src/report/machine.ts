import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import type { Machine } from './report.ts';

/** The machine that this runs on, and how busy it is. */
export function machine(): Machine {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    system: `${process.platform} ${process.arch}`,
    node: process.version,
    'load before': (loadavg()[0] ?? 0).toFixed(2), // near the number of cores, others share them and times are long
  };
}
