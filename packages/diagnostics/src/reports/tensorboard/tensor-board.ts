import type { Reading, Sink } from '../../reading.ts';
import { readingsEvent, restartEvent, settingsEvent, versionEvent } from './encode-event.ts';
import { recordOf } from './record.ts';
import { concatenated } from './wire.ts';

/** Options of {@link tensorBoard}. */
export interface TensorBoardOptions {
  /** How warnings call it. @defaultValue 'TensorBoard' */
  readonly name?: string;
  /** The time in seconds since 1970, which TensorBoard shows beside each value. @defaultValue the machine's clock */
  readonly now?: () => number;
}

/**
 * Readings as the bytes of a TensorBoard event file: a TFRecord file of `Event` messages (TensorFlow, `event.proto`, `summary.proto`).
 *
 * Scalars are `simple_value`s (float32), histograms `HistogramProto`s, texts string tensors of the text plugin; a matrix becomes a text with
 * a Markdown table, and so do the run's settings. A run that goes on from a checkpoint marks its start, so that TensorBoard hides what the
 * folder's other files have after that step.
 *
 * @param write Takes whole records: to a file (`tensorBoardFolder` of the `/node` entry), an upload.
 *
 * @example
 * const chunks = [];
 * const sink = tensorBoard((bytes) => void chunks.push(bytes), { now: () => 1_700_000_000 });
 * sink.write([{ kind: 'scalar', name: 'loss', value: 0.5, step: 1, epoch: 0 }]);
 * readEvents(chunks[0]).events[0].values; // [{ kind: 'scalar', tag: 'loss', value: 0.5 }]
 */
export const tensorBoard = (
  write: (bytes: Uint8Array) => void | Promise<void>,
  { name = 'TensorBoard', now = secondsOfTheClock }: TensorBoardOptions = {},
): Sink =>
  Object.freeze({
    kind: 'sink',
    name,
    open(run) {
      const time = now();
      const restart = run.resumedAt === undefined ? [] : [restartEvent(time, run.resumedAt + 1)];
      return write(concatenated([versionEvent(time), ...restart, settingsEvent(time, run)].map(recordOf)));
    },
    write(readings) {
      const time = now();
      return readings.length === 0
        ? undefined
        : write(concatenated(byStep(readings).map(([step, ofStep]) => recordOf(readingsEvent(time, step, ofStep)))));
    },
  } satisfies Sink);

const secondsOfTheClock = (): number => Date.now() / 1000;

function byStep(readings: readonly Reading[]): [number, Reading[]][] {
  const steps = new Map<number, Reading[]>();
  for (const reading of readings) {
    const ofStep = steps.get(reading.step);
    if (ofStep === undefined) steps.set(reading.step, [reading]);
    else ofStep.push(reading);
  }
  return [...steps];
}
