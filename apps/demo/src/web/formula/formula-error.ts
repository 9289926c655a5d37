import { DownhillError } from '@downhill/core';

/** Says what of a formula does not parse, and where: characters from `start` (counted from 0) up to `end`. */
export class FormulaError extends DownhillError {
  readonly start: number;
  readonly end: number;

  constructor(problem: string, { start, end }: { readonly start: number; readonly end: number }, advice: string) {
    super({ code: 'invalid-argument', source: 'formula', problem: `at character ${start + 1}, ${problem}`, advice });
    this.start = start;
    this.end = end;
  }
}
