import { describe, expect, test } from 'vitest';
import { decodeSafetensors, encodeSafetensors, type StoredTensor } from './safetensors.ts';

const tensors = new Map<string, StoredTensor>([
  ['mask', { dtype: 'bool', shape: [3], values: Uint8Array.of(1, 0, 1) }],
  ['model/0/kernel', { dtype: 'float32', shape: [2, 2], values: Float32Array.of(1, -0, Number.NaN, 1e-40) }],
  ['iter', { dtype: 'int32', shape: [], values: Int32Array.of(-7) }],
  ['empty', { dtype: 'float32', shape: [0, 4], values: new Float32Array(0) }],
]);
const metadata = { a: 'b', state: '{"ü":[1]}' };
const file = (): Uint8Array => encodeSafetensors({ tensors, metadata });

/** A reader written from the format's specification alone, with all of its rules. */
function independentRead(bytes: Uint8Array): {
  header: Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;
  data: Uint8Array;
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const length = view.getUint32(0, true) + view.getUint32(4, true) * 2 ** 32;
  expect(length).toBeLessThan(100e6);
  const text = Buffer.from(bytes.subarray(8, 8 + length)).toString('utf8');
  expect(text.startsWith('{')).toBe(true);
  const { __metadata__: strings, ...header } = JSON.parse(text);
  for (const value of Object.values(strings)) expect(value).toBeTypeOf('string');
  const data = bytes.subarray(8 + length);
  const size: Record<string, number> = { F32: 4, I32: 4, BOOL: 1 };
  let end = 0;
  const entries: { dtype: string; shape: number[]; data_offsets: [number, number] }[] = Object.values(header);
  entries.sort((a, b) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1]);
  for (const entry of entries) {
    expect(entry.data_offsets[0]).toBe(end); // no holes, no overlap
    expect(entry.data_offsets[1] - end).toBe(entry.shape.reduce((a, b) => a * b, 1) * size[entry.dtype]!);
    expect((8 + length + end) % size[entry.dtype]!).toBe(0); // aligned
    end = entry.data_offsets[1];
  }
  expect(end).toBe(data.length); // nothing after the last tensor
  return { header, data };
}

describe('safetensors', () => {
  test('a file obeys the format, as another reader sees it', () => {
    const { header, data } = independentRead(file());
    expect(Object.keys(header).sort()).toEqual(['empty', 'iter', 'mask', 'model/0/kernel']);
    const [begin, end] = header['model/0/kernel']!.data_offsets;
    const values = new Float32Array(data.slice(begin, end).buffer);
    expect(Object.is(values[1], -0)).toBe(true);
    expect([values[0], values[3]]).toEqual([1, Math.fround(1e-40)]);
  });

  test('reads what it wrote, bit for bit', () => {
    const read = decodeSafetensors('x', file());
    expect(read.metadata).toEqual(metadata);
    expect(Object.fromEntries(read.tensors)).toEqual(Object.fromEntries(tensors));
  });

  test('reads a file that lies at an odd address', () => {
    const shifted = new Uint8Array(file().length + 3);
    shifted.set(file(), 3);
    expect(decodeSafetensors('x', shifted.subarray(3)).tensors.size).toBe(4);
  });

  test('refuses a file cut short anywhere', () => {
    const whole = file();
    for (let length = 0; length < whole.length; length++)
      expect(() => decodeSafetensors('step-1', whole.subarray(0, length))).toThrow(
        expect.objectContaining({ code: 'checkpoint-invalid', message: expect.stringContaining('step-1') }),
      );
  });

  test('refuses bytes after the last tensor', () => {
    expect(() => decodeSafetensors('x', Uint8Array.from([...file(), 0]))).toThrow('1 bytes follow its last tensor');
  });

  test.each([
    ['{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}', 8, 'place or the size'],
    ['{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}', 4, 'place or the size'],
    ['{"a":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}', 4, 'place or the size'],
    ['{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,8]}}', 8, 'F64'],
    ['{"a":null}', 0, 'type that is not read'],
    ['{"__metadata__":{"a":1}}', 0, 'strings only'],
    ['[]', 0, 'no JSON object'],
    ['{"a"', 0, 'no JSON'],
  ])('refuses the header %s', (json, bytes, message) => {
    const head = new TextEncoder().encode(json);
    const made = new Uint8Array(8 + head.length + bytes);
    made[0] = head.length;
    made.set(head, 8);
    expect(() => decodeSafetensors('x', made)).toThrow(message);
  });
});
