import { DownhillError, type Transform } from '@downhill/core';
import { scalarsOf } from '@downhill/core/compiler';
import { stepOf } from './active.ts';

/** The numbers of a step by `path/name`, in float64. */
export type Numbers = ReadonlyMap<string, number>;

/**
 * Computes what the rules of a transform ask to be computed once a step.
 *
 * @throws DownhillError `non-finite` where a number is NaN or infinite.
 */
export function scalarsAt({ parts }: Transform, step: number): Numbers {
  const numbers = new Map<string, number>();
  for (const part of parts) {
    const { path, rule } = part;
    const own = stepOf(part, step);
    for (const [name, value] of Object.entries(scalarsOf(rule, { step: own, t: own + 1 }))) {
      if (!Number.isFinite(value))
        throw new DownhillError({
          code: 'non-finite',
          source: path,
          problem: `\`${name}\` is ${value} at step ${step}`,
          advice: 'Nothing was applied. Check the schedule or the option that it comes from.',
        });
      numbers.set(`${path}/${name}`, value);
    }
  }
  return numbers;
}

/** The numbers by name alone; where two rules have one name, the later keeps its path. */
export function shortNames(numbers: Numbers): Readonly<Record<string, number>> {
  const short: Record<string, number> = {};
  for (const [key, value] of numbers) {
    const name = key.slice(key.lastIndexOf('/') + 1);
    short[name in short ? key : name] = value;
  }
  return short;
}

/** What belongs to one rule of all that is filed under `path/name`, by name. */
export function under<Value>(path: string, items: Iterable<readonly [string, Value]>): Readonly<Record<string, Value>> {
  return Object.fromEntries(
    [...items].filter(([key]) => key.startsWith(`${path}/`)).map(([key, value]) => [key.slice(path.length + 1), value]),
  );
}
