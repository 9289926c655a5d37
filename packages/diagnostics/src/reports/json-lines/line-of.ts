import type { Reading, RunInfo } from '../../reading.ts';

/**
 * A reading as a line of JSON, with its line break. JSON has no word for NaN and infinity: they stand as the strings `"NaN"`, `"Infinity"`
 * and `"-Infinity"`, which Python's `float` and JavaScript's `Number` take as they are.
 */
export const lineOf = (reading: Reading): string => `${JSON.stringify(reading, withoutHoles)}\n`;

/** The line that a run starts or goes on with. */
export const runLine = (run: RunInfo): string => `${JSON.stringify({ kind: 'run', ...run }, withoutHoles)}\n`;

const withoutHoles = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
