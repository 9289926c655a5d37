import { DownhillError } from '@downhill/core';
import { EVENT, HISTOGRAM, METADATA, PLUGIN, SESSION, SESSION_START, SUMMARY, TENSOR, VALUE } from './encode-event.ts';
import { readRecords } from './record.ts';
import { fieldsOf } from './wire.ts';

/** A value of an event. Those of other kinds (images, audio, tensors of other plugins) are `other`. */
export type EventValue =
  | { readonly kind: 'scalar'; readonly tag: string; readonly value: number }
  | { readonly kind: 'histogram'; readonly tag: string; readonly min: number; readonly upperEdges: number[]; readonly counts: number[] }
  | { readonly kind: 'text'; readonly tag: string; readonly text: string }
  | { readonly kind: 'other'; readonly tag: string };

/** An event of an event file. */
export interface TensorBoardEvent {
  /** Seconds since 1970. */
  readonly wallTime: number;
  readonly step: number;
  /** Set in the first event of a file: `brain.Event:2`. */
  readonly fileVersion?: string;
  /** Whether a run starts here: what other files have from this step on counts no more. */
  readonly restart: boolean;
  readonly values: readonly EventValue[];
}

/** The events of a file up to its first broken record. */
export interface EventLog {
  readonly events: readonly TensorBoardEvent[];
  /** `data-invalid`: the record that is cut short or damaged; undefined where the file is whole. */
  readonly problem: DownhillError | undefined;
}

/**
 * Reads a TensorBoard event file, ours or another's. A file that is cut short gives the events before the cut, and the problem.
 *
 * @param source How the problem names the file, such as its path.
 *
 * @example
 * readEvents(new Uint8Array([1, 2, 3])).problem.code; // 'data-invalid'
 */
export function readEvents(file: Uint8Array, source = 'readEvents'): EventLog {
  const { records, problem } = readRecords(file, source);
  const events: TensorBoardEvent[] = [];
  for (const [index, record] of records.entries()) {
    try {
      events.push(eventOf(record));
    } catch (cause) {
      return { events, problem: noEvent(source, index + 1, cause) };
    }
  }
  return { events, problem };
}

const noEvent = (source: string, record: number, cause: unknown): DownhillError =>
  new DownhillError({
    code: 'data-invalid',
    source,
    problem: `record ${record} is whole, but no event`,
    advice: 'Give the event file of a run (events.out.tfevents...), not another TFRecord file.',
    cause,
  });

function eventOf(record: Uint8Array): TensorBoardEvent {
  const event = read(record);
  const session = event.bytes(EVENT.sessionLog);
  const fileVersion = event.text(EVENT.fileVersion);
  return {
    wallTime: event.number(EVENT.wallTime),
    step: event.number(EVENT.step),
    ...(fileVersion === undefined ? {} : { fileVersion }),
    restart: session !== undefined && read(session).number(SESSION.status) === SESSION_START,
    values: event.all(EVENT.summary).flatMap((summary) => read(summary).all(SUMMARY.value).map(valueOf)),
  };
}

function valueOf(encoded: Uint8Array): EventValue {
  const value = read(encoded);
  const tag = value.text(VALUE.tag) ?? '';
  const histogram = value.bytes(VALUE.histogram);
  if (histogram !== undefined) {
    const { number, doubles } = read(histogram);
    const [upperEdges, counts] = [doubles(HISTOGRAM.upperEdges), doubles(HISTOGRAM.counts)];
    return { kind: 'histogram', tag, min: number(HISTOGRAM.min), upperEdges, counts };
  }
  if (value.has(VALUE.simpleValue)) return { kind: 'scalar', tag, value: value.number(VALUE.simpleValue) };
  const tensor = value.bytes(VALUE.tensor);
  const text = tensor === undefined || pluginOf(value.bytes(VALUE.metadata)) !== 'text' ? undefined : read(tensor).text(TENSOR.strings);
  return text === undefined ? { kind: 'other', tag } : { kind: 'text', tag, text };
}

function pluginOf(metadata: Uint8Array | undefined): string | undefined {
  const plugin = metadata && read(metadata).bytes(METADATA.pluginData);
  return plugin && read(plugin).text(PLUGIN.name);
}

/** The fields of a message by number; of one that comes twice the last counts, as the format has it. */
function read(encoded: Uint8Array) {
  const fields = fieldsOf(encoded);
  const last = (number: number) => fields.findLast((field) => field.number === number)?.value;
  const all = (number: number): Uint8Array[] => fields.filter((field) => field.number === number).map(({ value }) => asBytes(value));
  const bytes = (number: number): Uint8Array | undefined => {
    const value = last(number);
    return value === undefined ? undefined : asBytes(value);
  };
  return {
    all,
    bytes,
    has: (number: number): boolean => last(number) !== undefined,
    number(number: number): number {
      const value = last(number) ?? 0;
      if (typeof value !== 'number') throw new RangeError(`field ${number} is no number`);
      return value;
    },
    text(number: number): string | undefined {
      const value = bytes(number);
      return value && new TextDecoder().decode(value);
    },
    /** Packed, which is how every writer of today writes them. */
    doubles: (number: number): number[] =>
      all(number).flatMap((packed) => {
        const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
        return Array.from({ length: packed.length / 8 }, (_, i) => view.getFloat64(8 * i, true));
      }),
  };
}

function asBytes(value: number | Uint8Array): Uint8Array {
  if (typeof value === 'number') throw new RangeError('a field is a number where bytes are expected');
  return value;
}
