const SIDE = 28;
const BOX = 20;

/**
 * A drawing as MNIST's pictures were made: what is drawn is scaled into 20 x 20, keeping its proportions, and laid into 28 x 28 with its centre
 * of mass in the middle (yann.lecun.com/exdb/mnist).
 *
 * @param ink One number a pixel in rows, 0 for none to 255, `side` of them each.
 * @returns `undefined` where nothing is drawn.
 */
export function asDigit(ink: Uint8Array, side: number): Uint8Array | undefined {
  const drawn = [...ink.keys()].filter((i) => (ink[i] ?? 0) > 0);
  if (drawn.length === 0) return undefined;
  const range = (values: readonly number[]): [number, number] =>
    values.reduce(([a, b], v) => [Math.min(a, v), Math.max(b, v)], [side, 0] as [number, number]);
  const [left, right] = range(drawn.map((i) => i % side));
  const [top, bottom] = range(drawn.map((i) => Math.floor(i / side)));
  const scale = BOX / Math.max(right - left + 1, bottom - top + 1);
  const mass = drawn.reduce((sum, i) => sum + (ink[i] ?? 0), 0);
  const centre = (place: (i: number) => number): number => drawn.reduce((sum, i) => sum + (place(i) + 0.5) * (ink[i] ?? 0), 0) / mass;
  const [x, y] = [centre((i) => i % side), centre((i) => Math.floor(i / side))];
  const digit = new Uint8Array(SIDE * SIDE);
  for (let row = 0; row < SIDE; row += 1)
    for (let column = 0; column < SIDE; column += 1)
      digit[row * SIDE + column] = Math.round(
        meanOver(ink, side, [x + (column - SIDE / 2) / scale, y + (row - SIDE / 2) / scale], 1 / scale),
      );
  return digit;
}

const SAMPLES = 4; // along each side of a pixel

/** The mean ink of a square that begins at a place. */
function meanOver(ink: Uint8Array, side: number, [left, top]: readonly [number, number], size: number): number {
  let sum = 0;
  for (let i = 0; i < SAMPLES * SAMPLES; i += 1) {
    const column = Math.floor(left + (((i % SAMPLES) + 0.5) / SAMPLES) * size);
    const row = Math.floor(top + ((Math.floor(i / SAMPLES) + 0.5) / SAMPLES) * size);
    if (column >= 0 && column < side && row >= 0 && row < side) sum += ink[row * side + column] ?? 0;
  }
  return sum / (SAMPLES * SAMPLES);
}
