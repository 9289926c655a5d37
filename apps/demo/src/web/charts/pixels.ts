/** A picture as a canvas takes it: red, green, blue and opacity of each pixel, 0 to 255. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

const OPAQUE = 255;

/** Fractions, red, green and blue of each pixel, as a picture; what is below 0 or above 1 is cut off. */
export function pixelsOf(values: ArrayLike<number>, height: number, width: number): Pixels {
  const data = new Uint8ClampedArray(4 * height * width);
  for (let i = 0; i < height * width; i += 1) {
    for (let channel = 0; channel < 3; channel += 1) data[4 * i + channel] = 255 * (values[3 * i + channel] ?? 0); // it rounds and cuts off
    data[4 * i + 3] = OPAQUE;
  }
  return { width, height, data };
}
