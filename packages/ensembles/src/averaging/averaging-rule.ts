import { lerp, transform, type Slot, type Transform } from '@downhill/core';

/** One average that a rule keeps. */
export interface KeptAverage {
  readonly slot: string;
  /** What the slot holds before the first step. */
  readonly start: Slot;
  /** The share of the old average that stays in step t = 1, 2, ...; 1 leaves it as it is. */
  readonly decayAt: (t: number) => number;
  /** What the slot is multiplied by after so many steps, where it is not the average itself. */
  readonly factor?: (steps: number) => number;
}

/**
 * A rule of the weights' phase that moves averages towards the new weights, which it leaves alone.
 *
 *     aₜ = dₜ aₜ₋₁ + (1 − dₜ) wₜ
 */
export function averagingRule(name: string, config: object, averages: readonly KeptAverage[]): Transform {
  const scalar = (slot: string): string => (averages.length === 1 ? 'averageDecay' : `averageDecay ${slot}`);
  return transform<string, string>({
    name,
    config: { ...config },
    slots: Object.fromEntries(averages.map(({ slot, start }) => [slot, start])),
    averages: averages.map(({ slot, factor }) => ({ slot, ...(factor === undefined ? {} : { factor }) })),
    scalars: ({ t }) => Object.fromEntries(averages.map(({ slot, decayAt }) => [scalar(slot), decayAt(t)])),
    weights: (next, { slots, scalars }) => ({
      slots: Object.fromEntries(averages.map(({ slot }) => [slot, lerp(next, slots[slot] ?? next, scalars[scalar(slot)] ?? 0)])),
    }),
  });
}
