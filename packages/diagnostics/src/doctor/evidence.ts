import { exp, log } from '@downhill/core/math';
import type { FeatureName, Features } from './features/features.ts';

/** One thing to look at. Its strength goes from 0 to 1, and is a half where the feature is `about`. */
export interface Evidence {
  readonly feature: FeatureName;
  readonly side: 'above' | 'below';
  readonly about: number;
  /** How soft the edge is: 0.73 at `about` plus (for below: less) `within`, or at `about` multiplied (divided) by `times`. */
  readonly within?: number;
  readonly times?: number;
}

export type Edge = { readonly about: number } & ({ readonly within: number } | { readonly times: number });

export const above = (feature: FeatureName, edge: Edge): Evidence => ({ feature, side: 'above', ...edge });
export const below = (feature: FeatureName, edge: Edge): Evidence => ({ feature, side: 'below', ...edge });

/** What an evidence is worth whose series is not there. */
const UNKNOWN = 0.5;

/** How much of the evidence there is, in [0, 1]. */
export function strength({ feature, side, about, within, times }: Evidence, features: Features): number {
  const value = features[feature];
  if (value === undefined || Number.isNaN(value)) return UNKNOWN;
  const distance = times === undefined ? (value - about) / (within ?? 1) : log(Math.max(value, 1e-9) / about) / log(times);
  return 1 / (1 + exp(side === 'above' ? -distance : distance));
}

/** The least that something required adds to a score, where it is missing altogether. */
const EXCLUDED = -12;

/** What the things required add to a score: nothing where they are so, down to where nothing else can make up for it. */
export const handicap = (required: readonly Evidence[], features: Features): number =>
  required.reduce((sum, each) => sum + Math.max(EXCLUDED, log(Math.max(strength(each, features), 1e-9))), 0);
