export { clipWeights, type ClipWeightsOptions } from './clip-weights.ts';
export type { Constraint, NormAxis } from './constraint.ts';
export { maxNorm, type MaxNormOptions } from './max-norm.ts';
export { minMaxNorm, type MinMaxNormOptions } from './min-max-norm.ts';
export { nonNegative, type NonNegativeOptions } from './non-negative.ts';
export type { NormOptions } from './norm-constraint.ts';
export { unitNorm, type UnitNormOptions } from './unit-norm.ts';
