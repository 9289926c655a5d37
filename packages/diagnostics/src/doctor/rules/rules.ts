import { decayedTooEarly } from './decayed-too-early.ts';
import { diverged } from './diverged.ts';
import { flatStart } from './flat-start.ts';
import { healthy } from './healthy.ts';
import { hugeStart } from './huge-start.ts';
import { labelNoise } from './label-noise.ts';
import { overfitting } from './overfitting.ts';
import { plateau } from './plateau.ts';
import { rateTooHigh } from './rate-too-high.ts';
import { rateTooLow } from './rate-too-low.ts';
import { stoppedEarly } from './stopped-early.ts';
import { thrownOff } from './thrown-off.ts';
import { underfitting } from './underfitting.ts';
import type { Rule } from '../rule.ts';

export const rules: readonly Rule[] = [
  diverged,
  flatStart,
  hugeStart,
  rateTooHigh,
  thrownOff,
  rateTooLow,
  decayedTooEarly,
  plateau,
  overfitting,
  underfitting,
  labelNoise,
  stoppedEarly,
  healthy,
];
