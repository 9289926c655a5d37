import * as augmentation from '@downhill/augmentation';
import { register, type Factory } from '@downhill/core';
import { pruners, samplers } from '@downhill/tuning';
import { registerRules } from '../../recipe/rules.ts';

/** Makes all that the command line can name known: our optimizers, schedules, augmentations, samplers and pruners. */
export function registerAll(): void {
  registerRules();
  const operations = Object.entries(augmentation).filter(([, item]) => typeof item === 'function');
  register(Object.fromEntries(operations) as Record<string, Factory>);
  register(samplers);
  register(pruners);
}
