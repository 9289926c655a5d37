import { DownhillError } from './errors.ts';

/** What a number must satisfy; a bound that is left out is not checked. Numbers are always finite. */
export interface NumberRule {
  /** The smallest value taken. */
  readonly min?: number;
  /** The largest value taken. */
  readonly max?: number;
  /** Taken values are strictly above this one. */
  readonly above?: number;
  /** Taken values are strictly below this one. */
  readonly below?: number;
  readonly integer?: boolean;
}

const obeys = (
  value: number,
  { min = -Infinity, max = Infinity, above = -Infinity, below = Infinity, integer = false }: NumberRule,
): boolean => value >= min && value <= max && value > above && value < below && (!integer || Number.isSafeInteger(value));

function describe({ min, max, above, below, integer }: NumberRule): string {
  const bounds = [
    min === undefined ? undefined : `at least ${min}`,
    above === undefined ? undefined : `above ${above}`,
    max === undefined ? undefined : `at most ${max}`,
    below === undefined ? undefined : `below ${below}`,
  ].filter((bound) => bound !== undefined);
  return [integer === true ? 'a whole number' : 'a finite number', bounds.join(' and ')].filter((part) => part !== '').join(', ');
}

/** JSON writes null for numbers that are not finite, which are what an error is about. */
const named = (_: string, value: unknown): unknown => (typeof value === 'number' && !Number.isFinite(value) ? String(value) : value);

/** A value as an error message shows it: short, and telling `"0.1"` from `0.1`. */
export function show(value: unknown): string {
  if (typeof value === 'number' || value === undefined || value === null) return String(value);
  if (typeof value === 'function') return 'a function';
  try {
    const text = (JSON.stringify(value, named) ?? String(value)).replaceAll(/"(NaN|-?Infinity)"/g, '$1');
    return text.length > 80 ? `${text.slice(0, 77)}...` : text;
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/**
 * Checks named arguments against one rule, so that all range errors read alike.
 *
 * @example
 * checkNumber('cosine', { steps: 10 }, { min: 1, integer: true });
 *
 * @throws DownhillError `invalid-argument` naming the first argument that breaks the rule.
 */
export function checkNumber(source: string, values: Readonly<Record<string, unknown>>, rule: NumberRule = {}, advice?: string): void {
  for (const [name, value] of Object.entries(values)) {
    if (typeof value === 'number' && Number.isFinite(value) && obeys(value, rule)) continue;
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`${name}\` must be ${describe(rule)}, got ${show(value)}`,
      ...(advice === undefined ? {} : { advice }),
    });
  }
}

/** Checks that an argument is one of a few words. @throws DownhillError `invalid-argument` */
export function checkOneOf<T extends string>(source: string, name: string, value: unknown, words: readonly T[]): asserts value is T {
  if (words.includes(value as T)) return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`${name}\` must be one of ${words.map((word) => `'${word}'`).join(', ')}, got ${show(value)}`,
  });
}
