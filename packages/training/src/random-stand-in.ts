// Until core's generator lands.
export const streamKey = (seed: number, ...parts: readonly (string | number)[]): string => JSON.stringify([seed, ...parts]);
export const randomStream = (key: string): { permutation(n: number): Int32Array } => ({
  permutation(n: number): Int32Array {
    let state = [...key].reduce((hash, c) => Math.imul(hash, 31) + c.charCodeAt(0), 7) >>> 0;
    const result = Int32Array.from({ length: n }, (_, i) => i);
    for (let i = n - 1; i > 0; i--) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const j = Math.floor((state / 2 ** 32) * (i + 1));
      [result[i], result[j]] = [result[j]!, result[i]!];
    }
    return result;
  },
});
