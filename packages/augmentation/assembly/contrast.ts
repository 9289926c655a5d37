/** A blend with the mean gray: `src/passes/neighbourhood.ts` in AssemblyScript, with its roundings (fractions only). */

/** @param data Pixels of three channels, changed in place. */
export function stretchAroundMean(data: usize, pixels: i32, factor: f64): void {
  const end = data + <usize>pixels * 12;
  let sum: f64 = 0;
  for (let at = data; at < end; at += 12) {
    sum += 0.2989 * <f64>load<f32>(at) + 0.587 * <f64>load<f32>(at, 4) + 0.114 * <f64>load<f32>(at, 8);
  }
  const rest = (1 - factor) * (sum / <f64>pixels);
  for (let at = data; at < end; at += 4) store<f32>(at, <f32>min(1, max(0, factor * <f64>load<f32>(at) + rest)));
}
