import { DownhillError } from '@downhill/core';

/** Ends a check that failed. @throws DownhillError `invalid-argument` */
export function refuse(source: string, problem: string, advice?: string): never {
  throw new DownhillError({ code: 'invalid-argument', source, problem, ...(advice === undefined ? {} : { advice }) });
}
