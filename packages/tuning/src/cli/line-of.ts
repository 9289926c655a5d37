import { plainMessage } from '@downhill/core';

/** What an error says, in one line and without its code. */
export const lineOf = (error: unknown): string => plainMessage(error).replaceAll(/\s*\n\s*/g, ' ');
