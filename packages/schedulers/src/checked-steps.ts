import { checkNumber, DownhillError, show } from '@downhill/core';

/**
 * Checks a list of steps and copies it, so that a later change of the caller's array changes no schedule.
 *
 * @param named The list under its name, alone.
 * @throws DownhillError `invalid-argument` naming the list, or the entry of it that is no whole step or below the one before.
 */
export function checkedSteps(source: string, named: Readonly<Record<string, unknown>>): readonly number[] {
  const [name = '', steps] = Object.entries(named)[0] ?? [];
  const fail = (problem: string): never => {
    throw new DownhillError({ code: 'invalid-argument', source, problem, advice: 'Pass for example [1000, 2000].' });
  };
  if (!Array.isArray(steps)) return fail(`\`${name}\` must be an array of steps, got ${show(steps)}`);
  const list = steps as readonly number[];
  list.forEach((step, i) => {
    checkNumber(source, { [`${name}[${i}]`]: step }, { min: 0, integer: true });
    const before = list[i - 1] ?? 0;
    if (step < before) fail(`\`${name}[${i}]\` must be at least the one before it (${before}), got ${step}`);
  });
  return Object.freeze([...list]);
}
