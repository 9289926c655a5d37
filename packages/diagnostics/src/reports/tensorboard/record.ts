import { DownhillError } from '@downhill/core';
import { maskedCrc32c } from './crc32c.ts';

const LENGTH_BYTES = 8;
const CHECKSUM_BYTES = 4;
const HEADER_BYTES = LENGTH_BYTES + CHECKSUM_BYTES;
const TWO_TO_32 = 2 ** 32;

/**
 * Bytes as one record of a TFRecord file: length (uint64), masked CRC32C of the length, the bytes, masked CRC32C of the bytes; all little
 * endian (TensorFlow, `tensorflow/core/lib/io/record_writer.h`).
 */
export function recordOf(bytes: Uint8Array): Uint8Array {
  const record = new Uint8Array(HEADER_BYTES + bytes.length + CHECKSUM_BYTES);
  const view = new DataView(record.buffer);
  view.setUint32(0, bytes.length, true);
  view.setUint32(4, Math.floor(bytes.length / TWO_TO_32), true);
  view.setUint32(LENGTH_BYTES, maskedCrc32c(record.subarray(0, LENGTH_BYTES)), true);
  record.set(bytes, HEADER_BYTES);
  view.setUint32(HEADER_BYTES + bytes.length, maskedCrc32c(bytes), true);
  return record;
}

/** The whole records at the start of a file, and what stands in the way of the next one. */
export interface Records {
  readonly records: readonly Uint8Array[];
  /** `data-invalid`; undefined where the file ends with a whole record. */
  readonly problem: DownhillError | undefined;
}

/** Reads records up to the first that is cut short or whose checksum is wrong: where the next one starts cannot be known. */
export function readRecords(file: Uint8Array, source: string): Records {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const records: Uint8Array[] = [];
  let at = 0;
  const stop = (what: string): Records => ({ records, problem: broken(source, records.length, at, what) });
  const holds = (start: number, bytes: number): boolean =>
    view.getUint32(start + bytes, true) === maskedCrc32c(file.subarray(start, start + bytes));
  while (at < file.length) {
    const left = file.length - at;
    if (left < HEADER_BYTES) return stop('is cut short');
    if (!holds(at, LENGTH_BYTES)) return stop('has a length that its checksum does not fit');
    const length = view.getUint32(at, true) + view.getUint32(at + 4, true) * TWO_TO_32;
    if (left < HEADER_BYTES + length + CHECKSUM_BYTES) return stop('is cut short');
    if (!holds(at + HEADER_BYTES, length)) return stop('has content that its checksum does not fit');
    records.push(file.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length));
    at += HEADER_BYTES + length + CHECKSUM_BYTES;
  }
  return { records, problem: undefined };
}

const broken = (source: string, count: number, at: number, what: string): DownhillError =>
  new DownhillError({
    code: 'data-invalid',
    source,
    problem: `record ${count + 1}, at byte ${at}, ${what}`,
    advice: `The ${count} before it were kept; a record is cut short when a process was killed while it wrote.`,
  });
