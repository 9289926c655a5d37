import { invalid, readIdx } from './idx.ts';

/** Cuts an idx file into files of at most `size` items. */
export function splitIdx(name: string, bytes: Uint8Array, size: number): Uint8Array[] {
  const { shape, values } = readIdx(name, bytes);
  const [items = 0] = shape;
  const each = values.length / Math.max(1, items);
  return Array.from({ length: Math.ceil(items / size) }, (_, part) => {
    const count = Math.min(size, items - part * size);
    return written([count, ...shape.slice(1)], values.subarray(part * size * each, (part * size + count) * each));
  });
}

/** The first `count` items of files that belong together, as one. @throws DownhillError `data-invalid` where they do not fit, or are too few */
export function joinIdx(name: string, parts: readonly Uint8Array[], count: number): Uint8Array {
  const read = parts.map((part) => readIdx(name, part));
  const size = (read[0]?.shape ?? []).slice(1);
  const each = size.reduce((product, length) => product * length, 1);
  if (read.some(({ shape }) => shape.slice(1).join() !== size.join())) throw invalid(name, 'its parts are of different sizes');
  const items = read.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  if (items < count) throw invalid(name, `it has ${items} items, not ${count}`);
  const values = new Uint8Array(count * each);
  let at = 0;
  for (const part of read) {
    const taken = part.values.subarray(0, values.length - at);
    values.set(taken, at);
    at += taken.length;
  }
  return written([count, ...size], values);
}

function written(shape: readonly number[], values: Uint8Array): Uint8Array {
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + values.length);
  bytes.set([0, 0, 8, shape.length]);
  const view = new DataView(bytes.buffer);
  for (const [axis, length] of shape.entries()) view.setUint32(4 + 4 * axis, length);
  bytes.set(values, start);
  return bytes;
}
