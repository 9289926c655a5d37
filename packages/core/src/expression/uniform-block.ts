/** The numbers of a kernel's `uniforms` in their order: floats, and words of random keys, in the same four bytes each. */
export interface UniformBlock {
  readonly numbers: Float32Array;
  readonly words: Uint32Array;
}

export function uniformBlock(length: number): UniformBlock {
  const numbers = new Float32Array(length);
  return { numbers, words: new Uint32Array(numbers.buffer) };
}
