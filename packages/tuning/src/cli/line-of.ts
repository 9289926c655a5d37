/** What an error says, in one line and without its code. */
export const lineOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replace(/^\[[\w-]+\] /, '').replaceAll(/\s*\n\s*/g, ' ');
