import type { Plan } from '../experiment.ts';
import type { Json } from '@downhill/core';
import type { SubsetSize } from './subset.ts';

/** What a trial on the subset does beside its seed. */
export interface Settings<Arm> {
  readonly size: SubsetSize;
  readonly epochs: number;
  readonly batchSize: number;
  readonly learningRate: number;
  /** Which pictures these are. */
  readonly data: string;
  /** What each arm does, by name. */
  readonly arms: Readonly<Record<string, Arm>>;
}

const QUICK = { size: { training: 100, validation: 100, heldOut: 100 }, epochs: 5 };

/** The plan of trials with such settings. @param quick Whether a few pictures are to do. */
export function planOf<Arm>(full: Settings<Arm>, quick: boolean): Plan {
  const settings = quick ? { ...full, ...QUICK } : full;
  const { size, epochs, batchSize } = settings;
  const count = (value: number): string => value.toLocaleString('en');
  return {
    summary: `${count(size.training)} training pictures, ${count(size.heldOut)} held out, epochs: ${epochs}, batches of ${batchSize}`,
    steps: epochs * Math.ceil(size.training / batchSize),
    settings: settings as unknown as Json,
  };
}

/** The settings of a plan, and what one arm does. */
export function settingsOf<Arm>({ settings }: Plan, arm: string): { readonly settings: Settings<Arm>; readonly chosen: Arm } {
  const own = settings as unknown as Settings<Arm>;
  const chosen = own.arms[arm];
  if (chosen === undefined) throw new Error(`no arm "${arm}"`);
  return { settings: own, chosen };
}
