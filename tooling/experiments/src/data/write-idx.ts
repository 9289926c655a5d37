const UNSIGNED_BYTES = 0x08;

/** The bytes of an idx file, the format in which MNIST is published: two zero bytes, the type, the rank, each axis' length, the values. */
export function writeIdx(shape: readonly number[], values: Uint8Array): Uint8Array {
  const start = 4 + 4 * shape.length;
  const bytes = new Uint8Array(start + values.length);
  bytes.set([0, 0, UNSIGNED_BYTES, shape.length]);
  const view = new DataView(bytes.buffer);
  for (const [axis, length] of shape.entries()) view.setUint32(4 + 4 * axis, length);
  bytes.set(values, start);
  return bytes;
}
