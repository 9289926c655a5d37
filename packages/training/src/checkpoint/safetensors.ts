import { DownhillError } from '@downhill/core';

/** A tensor at rest: what a file holds. */
export interface StoredTensor {
  readonly dtype: StoredType;
  readonly shape: readonly number[];
  readonly values: StoredValues;
}

export type StoredType = 'float32' | 'int32' | 'bool';
export type StoredValues = Float32Array | Int32Array | Uint8Array;

/** What a file in the safetensors format holds. */
export interface TensorFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** Strings only: the format has nothing else. */
  readonly metadata: Readonly<Record<string, string>>;
}

interface Entry {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data_offsets: readonly [begin: number, end: number];
}

/** An entry as a file that anybody may have written has it. */
type UncheckedEntry = Partial<Record<keyof Entry, unknown>> | null;

const CODES: Readonly<Record<StoredType, string>> = { float32: 'F32', int32: 'I32', bool: 'BOOL' };
const TYPES: ReadonlyMap<string, StoredType> = new Map((Object.keys(CODES) as StoredType[]).map((type) => [CODES[type], type]));
const BYTES: Readonly<Record<StoredType, number>> = { float32: 4, int32: 4, bool: 1 };
const LENGTH = 8; // the header's length, a 64-bit little-endian number
const ALIGNMENT = 8; // of the first tensor

/**
 * Writes tensors as one file in the safetensors format (github.com/huggingface/safetensors, "Format"): the header's length, the header as
 * JSON padded with spaces, the values without a gap; wider types first, so that every tensor is aligned.
 */
export function encodeSafetensors({ tensors, metadata }: TensorFile): Uint8Array {
  const sorted = [...tensors].sort(([a, { dtype: s }], [b, { dtype: t }]) => BYTES[t] - BYTES[s] || (a < b ? -1 : 1));
  let end = 0;
  const entries = sorted.map(([name, { dtype, shape, values }]): [string, Entry] => {
    const begin = end;
    end += values.byteLength;
    return [name, { dtype: CODES[dtype], shape, data_offsets: [begin, end] }];
  });
  const json = new TextEncoder().encode(JSON.stringify({ __metadata__: metadata, ...Object.fromEntries(entries) }));
  const header = Math.ceil(json.length / ALIGNMENT) * ALIGNMENT;
  const bytes = new Uint8Array(LENGTH + header + end).fill(0x20, LENGTH, LENGTH + header);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header), true);
  bytes.set(json, LENGTH);
  let offset = LENGTH + header;
  for (const [, { values }] of sorted) {
    bytes.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), offset);
    offset += values.byteLength;
  }
  return bytes;
}

/**
 * Reads what {@link encodeSafetensors} or any other writer of the format wrote.
 *
 * @param name What an error calls the file.
 * @throws DownhillError `checkpoint-invalid` where the bytes do not follow the format: cut short, gaps, bytes after the last tensor.
 */
export function decodeSafetensors(name: string, bytes: Uint8Array): TensorFile {
  const { header, start } = readHeader(name, bytes);
  const { __metadata__: metadata = {}, ...entries } = header as Record<string, UncheckedEntry>;
  if (!isStrings(metadata)) throw invalid(name, 'its `__metadata__` must hold strings only');
  let end = 0;
  const sorted = Object.entries(entries).sort(([, a], [, b]) => begin(a) - begin(b) || finish(a) - finish(b));
  const tensors = new Map<string, StoredTensor>();
  for (const [key, entry] of sorted) {
    const { dtype: code, shape } = entry ?? {};
    const dtype = TYPES.get(String(code));
    if (dtype === undefined) throw invalid(name, `its tensor '${key}' has a type that is not read here (${String(code)})`);
    const size = isShape(shape) ? shape.reduce((product, length) => product * length, BYTES[dtype]) : Number.NaN;
    if (!isShape(shape) || begin(entry) !== end || finish(entry) !== end + size)
      throw invalid(name, `the place or the size of its tensor '${key}' is wrong`);
    end += size;
    if (start + end > bytes.length)
      throw invalid(name, `it is cut short: its tensor '${key}' ends at byte ${start + end} of ${bytes.length}`);
    tensors.set(key, { dtype, shape, values: valuesOf(dtype, Uint8Array.from(bytes.subarray(start + end - size, start + end))) });
  }
  if (start + end !== bytes.length) throw invalid(name, `${bytes.length - start - end} bytes follow its last tensor`);
  return { tensors, metadata };
}

function readHeader(name: string, bytes: Uint8Array): { readonly header: Readonly<Record<string, unknown>>; readonly start: number } {
  if (bytes.length < LENGTH) throw invalid(name, `it is cut short: ${bytes.length} bytes`);
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  const start = LENGTH + length;
  if (start > bytes.length) throw invalid(name, `it is cut short: the header should end at byte ${start} of ${bytes.length}`);
  try {
    const header: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(LENGTH, start)));
    if (typeof header === 'object' && header !== null && !Array.isArray(header))
      return { header: header as Record<string, unknown>, start };
  } catch (cause) {
    throw invalid(name, 'its header is no JSON', cause);
  }
  throw invalid(name, 'its header is no JSON object');
}

function valuesOf(dtype: StoredType, { buffer }: Uint8Array): StoredValues {
  switch (dtype) {
    case 'float32':
      return new Float32Array(buffer);
    case 'int32':
      return new Int32Array(buffer);
    case 'bool':
      return new Uint8Array(buffer);
    default:
      return dtype satisfies never;
  }
}

const begin = (entry: UncheckedEntry): number => offsetOf(entry, 0);
const finish = (entry: UncheckedEntry): number => offsetOf(entry, 1);
function offsetOf(entry: UncheckedEntry, i: 0 | 1): number {
  const offsets = entry?.data_offsets;
  return Array.isArray(offsets) && typeof offsets[i] === 'number' ? offsets[i] : Number.NaN;
}
const isShape = (shape: unknown): shape is readonly number[] =>
  Array.isArray(shape) && shape.every((length) => Number.isSafeInteger(length) && length >= 0);
const isStrings = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' && value !== null && Object.values(value).every((item) => typeof item === 'string');

/** The error of a file that must not be used. */
export function invalid(name: string, problem: string, cause?: unknown): DownhillError {
  return new DownhillError({ code: 'checkpoint-invalid', source: name, problem, ...(cause === undefined ? {} : { cause }) });
}
