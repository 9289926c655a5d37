import { DownhillError, type ErrorCode } from '@downhill/core';

/** Throws an error in the name of `optimizer`. */
export function refuse(code: ErrorCode, problem: string, advice: string): never {
  throw new DownhillError({ code, source: 'optimizer', problem, advice });
}
