import { complete, DownhillError, show } from '@downhill/core';
import type { RunInfo, Sink } from '../reading.ts';
import { checkCadence, type Cadence } from './cadence.ts';
import { warn, type OnProblem } from './guard.ts';
import type { Meter } from './meter.ts';

/** When meters measure, and where their readings go. */
export interface MetersOptions {
  /**
   * When they measure; a meter's own `every` goes before. @defaultValue 10 steps: what costs no pass then takes a few percent of a step at
   * most
   */
  readonly every?: Cadence;
  /** Where the readings go. @defaultValue none */
  readonly sinks?: readonly Sink[];
  /** What the sinks are told of the run. @defaultValue the name 'run' and no settings */
  readonly run?: RunInfo;
  /** Hears once of each meter that failed, and is switched off, and of each sink that did. @defaultValue a warning on the console */
  readonly onProblem?: OnProblem;
}

/** The default of {@link MetersOptions.every}. */
const EVERY: Cadence = 10;
const NAMELESS: RunInfo = { name: 'run', settings: {} };
const NO_SINKS: readonly Sink[] = [];

/** @throws DownhillError `invalid-argument` for what is no meter, two of one name, no sink, or wrong options. */
export function checkMeters(source: string, list: readonly Meter[], options: MetersOptions): Required<MetersOptions> {
  const full = complete(source, options, { every: EVERY, sinks: NO_SINKS, run: NAMELESS, onProblem: warn });
  checkCadence(source, full.every);
  const wrong = (problem: string, advice: string): DownhillError =>
    new DownhillError({ code: 'invalid-argument', source, problem, advice });
  if (!Array.isArray(list))
    throw wrong(`takes a list of meters, got ${show(list)}`, 'Pass cheapMeters(), or [lossMeter(), memoryMeter()].');
  const other = list.find((item: Partial<Meter> | undefined) => item?.kind !== 'meter');
  if (other !== undefined) throw wrong(`takes meters, got ${show(other)}`, 'Pass what lossMeter() and its like return.');
  const names = list.map(({ name }: Meter) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw wrong(`two meters are named '${twice}'`, 'Put them into two calls, or leave one out.');
  const noSink = full.sinks.find((sink: Partial<Sink> | undefined) => sink?.kind !== 'sink' || typeof sink.write !== 'function');
  if (noSink !== undefined) throw wrong(`\`sinks\` takes sinks, got ${show(noSink)}`, "A sink is { kind: 'sink', name, write(readings) }.");
  for (const { name, every } of list) if (every !== undefined) checkCadence(`meter '${name}'`, every);
  return full;
}
