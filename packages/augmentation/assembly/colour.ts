/** Multiplies each pixel by a matrix: `src/passes/colour.ts` in AssemblyScript, with its roundings (fractions only). */

/**
 * @param data Pixels of three channels, changed in place.
 * @param matrix Three rows of four float64, the last of each is added.
 */
export function applyColour(data: usize, pixels: i32, matrix: usize, clamp: bool): void {
  const a = load<f64>(matrix), b = load<f64>(matrix, 8), c = load<f64>(matrix, 16), d = load<f64>(matrix, 24);
  const e = load<f64>(matrix, 32), f = load<f64>(matrix, 40), g = load<f64>(matrix, 48), h = load<f64>(matrix, 56);
  const i = load<f64>(matrix, 64), j = load<f64>(matrix, 72), k = load<f64>(matrix, 80), l = load<f64>(matrix, 88);
  for (let pixel = 0; pixel < pixels; pixel++) {
    const red = <f64>load<f32>(data);
    const green = <f64>load<f32>(data, 4);
    const blue = <f64>load<f32>(data, 8);
    let newRed = d + a * red + b * green + c * blue;
    let newGreen = h + e * red + f * green + g * blue;
    let newBlue = l + i * red + j * green + k * blue;
    if (clamp) {
      newRed = min(1, max(0, newRed));
      newGreen = min(1, max(0, newGreen));
      newBlue = min(1, max(0, newBlue));
    }
    store<f32>(data, <f32>newRed);
    store<f32>(data, <f32>newGreen, 4);
    store<f32>(data, <f32>newBlue, 8);
    data += 12;
  }
}
