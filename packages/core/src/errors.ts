/** The stable names of what can go wrong; each package's README lists the ones that it throws. */
export type ErrorCode =
  | 'invalid-argument'
  | 'shape-mismatch'
  | 'unknown-name'
  | 'name-taken'
  | 'not-serializable'
  | 'illegal-expression'
  | 'backend-missing'
  | 'unsupported'
  | 'non-finite'
  | 'state-mismatch'
  | 'checkpoint-invalid'
  | 'data-invalid'
  | 'write-failed'
  | 'disposed'
  | 'aborted'
  | 'member-failed'
  | 'study-mismatch'
  | 'trial-lost'
  | 'connection-failed';

/** The parts of a message: who speaks, which rule was broken, and the next thing to do. */
export interface ErrorDetails {
  readonly code: ErrorCode;
  /** The function or class that speaks, as the user wrote it. */
  readonly source: string;
  /** What is wrong: names the argument, what it takes and what it got. */
  readonly problem: string;
  /** What to do next, as a sentence. */
  readonly advice?: string;
  readonly cause?: unknown;
}

/**
 * Every error that Downhill throws. `code` is API and stable; the message may improve in a patch.
 *
 *     [shape-mismatch] mixup: `labels` must have one row per image (32), got shape [16, 10]. Batch images and labels together.
 */
export class DownhillError extends Error {
  readonly code: ErrorCode;

  constructor({ code, source, problem, advice, cause }: ErrorDetails) {
    super(`[${code}] ${source}: ${problem}.${advice === undefined ? '' : ` ${advice}`}`, cause === undefined ? undefined : { cause });
    this.name = 'DownhillError';
    this.code = code;
  }
}

/** Whether `value` is a {@link DownhillError}, also one made by another copy of this package. */
export function isDownhillError(value: unknown): value is DownhillError {
  return value instanceof Error && value.name === 'DownhillError' && 'code' in value;
}

/** What an error says, for somebody who reads it on a screen: without the code in front. */
export const plainMessage = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^\[[\w-]+\] /, '');
