import { augmentation } from './augmentation/benchmark.ts';
import { averaging } from './averaging/benchmark.ts';
import type { Benchmark } from './benchmark.ts';
import { dropout } from './dropout/benchmark.ts';
import { meters } from './meters/benchmark.ts';
import { optimizerStep } from './optimizer-step/benchmark.ts';
import { optimizers } from './optimizers/benchmark.ts';
import { trainStep } from './train-step/benchmark.ts';

/** Every benchmark that `npm run bench` knows. */
export const benchmarks: readonly Benchmark[] = [augmentation, averaging, dropout, meters, optimizerStep, optimizers, trainStep];
