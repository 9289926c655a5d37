import type { Family } from './family.ts';
import { augmentation } from './families/augmentation.ts';
import { diagnostics } from './families/diagnostics.ts';
import { optimizers } from './families/optimizers.ts';
import { regularization } from './families/regularization.ts';
import { schedulers } from './families/schedulers.ts';

/** The families that are built; the files of others count as not covered. */
export const families: readonly Family[] = [augmentation, diagnostics, optimizers, regularization, schedulers];
