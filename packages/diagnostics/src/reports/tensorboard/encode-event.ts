import type { HistogramReading, Reading, RunInfo } from '../../reading.ts';
import { bytes, double, doubles, float, integer, message, text } from './wire.ts';
import { markdownTable } from './markdown-table.ts';

/** Field numbers of TensorFlow's schemas, which TensorBoard reads. @internal */
export const EVENT = { wallTime: 1, step: 2, fileVersion: 3, summary: 5, sessionLog: 7 } as const; // event.proto
export const SUMMARY = { value: 1 } as const; // summary.proto, and the four below
export const VALUE = { tag: 1, simpleValue: 2, histogram: 5, tensor: 8, metadata: 9 } as const;
export const HISTOGRAM = { min: 1, max: 2, count: 3, sum: 4, sumOfSquares: 5, upperEdges: 6, counts: 7 } as const;
export const METADATA = { pluginData: 1, dataClass: 4 } as const;
export const PLUGIN = { name: 1 } as const;
export const TENSOR = { type: 1, shape: 2, strings: 8 } as const; // tensor.proto
const SHAPE = { dimension: 2 } as const; // tensor_shape.proto
const DIMENSION = { size: 1 } as const;
export const SESSION = { status: 1 } as const; // event.proto, SessionLog
export const SESSION_START = 1;
const STRING_TYPE = 7; // types.proto, DT_STRING
const TENSOR_CLASS = 2; // summary.proto, DATA_CLASS_TENSOR

/** The first event of a file. */
export const versionEvent = (wallTime: number): Uint8Array =>
  message(double(EVENT.wallTime, wallTime), text(EVENT.fileVersion, 'brain.Event:2'));

/**
 * Says that the run goes on with this step: TensorBoard then hides what other files of the folder have from it on, as with `purge_step` of
 * PyTorch's `SummaryWriter`.
 */
export const restartEvent = (wallTime: number, step: number): Uint8Array =>
  message(
    double(EVENT.wallTime, wallTime),
    integer(EVENT.step, step),
    bytes(EVENT.sessionLog, message(integer(SESSION.status, SESSION_START))),
  );

/** The settings of a run as a text. */
export const settingsEvent = (wallTime: number, { settings, resumedAt = 0 }: RunInfo): Uint8Array => {
  const rows = Object.entries(settings).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);
  return event(wallTime, resumedAt, [textValue('settings', markdownTable(['setting', 'value'], rows))]);
};

/** Readings of one step. */
export const readingsEvent = (wallTime: number, step: number, readings: readonly Reading[]): Uint8Array =>
  event(wallTime, step, readings.map(valueOf));

const event = (wallTime: number, step: number, values: readonly Uint8Array[]): Uint8Array =>
  message(
    double(EVENT.wallTime, wallTime),
    integer(EVENT.step, step),
    bytes(EVENT.summary, message(...values.map((value) => bytes(SUMMARY.value, value)))),
  );

function valueOf(reading: Reading): Uint8Array {
  switch (reading.kind) {
    case 'scalar':
      return message(text(VALUE.tag, reading.name), float(VALUE.simpleValue, reading.value));
    case 'histogram':
      return message(text(VALUE.tag, reading.name), bytes(VALUE.histogram, histogram(reading)));
    case 'matrix': {
      const rows = reading.values.map((row, i) => [reading.rows[i] ?? '', ...row.map(String)]);
      return textValue(reading.name, markdownTable(['', ...reading.columns], rows));
    }
    case 'text':
      return textValue(reading.name, reading.text);
    default:
      return reading satisfies never;
  }
}

/** Sums are not known from counts: each value counts as the middle of its bin. */
function histogram({ edges, counts }: HistogramReading): Uint8Array {
  const [first, last] = [Math.max(0, counts.findIndex(Boolean)), counts.findLastIndex(Boolean)];
  const end = last < first ? counts.length : last + 1;
  const lower = edges.slice(first, end).map(finite);
  const upper = edges.slice(first + 1, end + 1).map(finite);
  const kept = counts.slice(first, end);
  const middles = lower.map((edge, i) => edge / 2 + (upper[i] ?? edge) / 2);
  const sum = (term: (middle: number) => number): number => kept.reduce((total, count, i) => total + count * term(middles[i] ?? 0), 0);
  return message(
    double(HISTOGRAM.min, lower[0] ?? 0),
    double(HISTOGRAM.max, upper.at(-1) ?? 0),
    double(
      HISTOGRAM.count,
      sum(() => 1),
    ),
    double(
      HISTOGRAM.sum,
      sum((middle) => middle),
    ),
    double(
      HISTOGRAM.sumOfSquares,
      sum((middle) => middle * middle),
    ),
    doubles(HISTOGRAM.upperEdges, upper),
    doubles(HISTOGRAM.counts, kept),
  );
}

/** The outermost edges may be infinite; the format wants numbers. */
const finite = (edge: number): number => Math.min(Math.max(edge, -Number.MAX_VALUE), Number.MAX_VALUE);

/** A text is a string tensor of shape [1] that belongs to the text plugin. */
const textValue = (name: string, content: string): Uint8Array =>
  message(
    text(VALUE.tag, name),
    bytes(
      VALUE.metadata,
      message(bytes(METADATA.pluginData, message(text(PLUGIN.name, 'text'))), integer(METADATA.dataClass, TENSOR_CLASS)),
    ),
    bytes(
      VALUE.tensor,
      message(
        integer(TENSOR.type, STRING_TYPE),
        bytes(TENSOR.shape, message(bytes(SHAPE.dimension, message(integer(DIMENSION.size, 1))))),
        text(TENSOR.strings, content),
      ),
    ),
  );
