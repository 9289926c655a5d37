/** Numbers in [−1, 1), the same at each call: a benchmark must not depend on luck, nor meet zeros and denormals. */
export function noise(length: number, scale = 1): Float32Array {
  let state = 0x9e3779b9;
  return Float32Array.from({ length }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) | 0;
    return (scale * state) / 2 ** 31;
  });
}
