import type { Transform } from '@downhill/core';
import { stepOf } from './active.ts';
import { refuse } from './refuse.ts';

/** An average of the weights that a rule of a chain keeps. */
export interface NamedAverage {
  /** `rule/slot`: the key of its slots. */
  readonly name: string;
  /** What the slots are multiplied by after so many steps. */
  factor(steps: number): number;
  /** What the weight itself is multiplied by and added. */
  ofWeight(steps: number): number;
}

/** The averages that the rules of a chain keep, in their order. */
export const averagesOf = ({ parts }: Transform): readonly NamedAverage[] =>
  parts.flatMap((part) =>
    (part.rule.averages ?? []).map(({ slot, factor, ofWeight }) => {
      const own = (steps: number): number => Math.max(1, stepOf(part, steps));
      return {
        name: `${part.path}/${slot}`,
        factor: (steps) => factor?.(own(steps)) ?? 1,
        ofWeight: (steps) => ofWeight?.(own(steps)) ?? 0,
      };
    }),
  );

/** @throws DownhillError `unknown-name` with the names that there are. */
export function averageNamed(transform: Transform, wanted: string): NamedAverage {
  const known = averagesOf(transform);
  return (
    known.find(({ name }) => name === wanted) ??
    refuse(
      'unknown-name',
      `it keeps no average '${wanted}'`,
      known.length === 0 ? 'Put emaWeights() at the end of the chain.' : `There are ${known.map(({ name }) => name).join(', ')}.`,
    )
  );
}
