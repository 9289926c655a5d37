import { DownhillError, isDownhillError, type ErrorCode } from '@downhill/core';

/** An error as JSON, so that it crosses threads and hosts. */
export interface WrittenError {
  readonly name: string;
  readonly message: string;
  readonly code?: string;
  readonly stack?: string;
}

export function writeError(error: unknown): WrittenError {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  return {
    name: error.name,
    message: error.message,
    ...(isDownhillError(error) ? { code: error.code } : {}),
    ...(error.stack === undefined ? {} : { stack: error.stack }),
  };
}

/** The error again; one of Downhill's is one again. */
export function readError({ name, message, code, stack }: WrittenError): Error {
  const error = code === undefined ? new Error() : new DownhillError({ code: code as ErrorCode, source: '', problem: '' });
  for (const [key, value] of Object.entries({ name, message, stack }))
    Object.defineProperty(error, key, { value, writable: true, configurable: true, enumerable: false });
  return error;
}
