import { checkNumber, show } from '@downhill/core';
import { refuse } from './refuse.ts';
import { withoutSign } from './without-sign.ts';

/** The fields of a parameter as they were given: by a factory's caller or by a file. */
export type Fields = Readonly<Record<string, unknown>>;

interface Range {
  readonly low: number;
  readonly high: number;
  readonly log: boolean;
  readonly step?: number;
}

/**
 * The fields that `float` and `int` share.
 *
 * @param at What stands before a field's name in messages: nothing, or the parameter's name and a dot.
 * @throws DownhillError `invalid-argument`
 */
export function checkedRange(source: string, { low, high, log = false, step }: Fields, at: string, integer: boolean): Range {
  checkNumber(source, { [`${at}low`]: low, [`${at}high`]: high }, { integer });
  if (typeof log !== 'boolean') refuse(source, `\`${at}log\` must be true or false, got ${show(log)}`);
  if (step !== undefined) checkNumber(source, { [`${at}step`]: step }, { above: 0, integer });
  const [from, to] = [low as number, high as number].map(withoutSign) as [number, number];
  const range = { low: from, high: to, log, ...(step === undefined ? {} : { step: step as number }) };
  if (range.low > range.high)
    refuse(source, `\`${at}low\` must be at most \`${at}high\`, got low ${range.low} and high ${range.high}`, 'Swap them.');
  if (!Number.isFinite(range.high - range.low))
    refuse(source, `\`${at}high\` minus \`${at}low\` must be a finite number, got ${range.low} and ${range.high}`);
  if (log) checkLogarithmic(source, range, at, integer);
  return range;
}

function checkLogarithmic(source: string, { low, step }: Range, at: string, integer: boolean): void {
  const advice = 'Raise it, or leave out `log`.';
  checkNumber(source, { [`${at}low`]: low }, integer ? { min: 1, integer } : { above: 0 }, `A logarithm needs that. ${advice}`);
  if (step !== undefined && !(integer && step === 1))
    refuse(source, `\`${at}step\` cannot be given together with \`log\`, got ${step}`, 'Leave out one of the two.');
}
