const { fround } = Math;

/** A colour as hue, saturation and value, each from 0 to 1 (Smith 1978). In float32. */
export function toHsv(red: number, green: number, blue: number): readonly [number, number, number] {
  const most = Math.max(red, green, blue);
  const spread = fround(most - Math.min(red, green, blue));
  if (spread === 0) return [0, 0, most];
  const share = (value: number): number => fround(fround(most - value) / spread);
  const [r, g, b] = [share(red), share(green), share(blue)];
  const sixths = most === red ? fround(b - g) : most === green ? fround(fround(2 + r) - b) : fround(fround(4 + g) - r);
  return [fround(fround(sixths / 6) + 1) % 1, fround(spread / most), most];
}

/** Back to red, green and blue. */
export function fromHsv(hue: number, saturation: number, value: number): readonly [number, number, number] {
  const six = fround(hue * 6);
  const sector = Math.floor(six);
  const fraction = fround(six - sector);
  const low = fround(value * fround(1 - saturation));
  const falling = fround(value * fround(1 - fround(saturation * fraction)));
  const rising = fround(value * fround(1 - fround(saturation * fround(1 - fraction))));
  switch (sector) {
    case 1:
      return [falling, value, low];
    case 2:
      return [low, value, rising];
    case 3:
      return [low, falling, value];
    case 4:
      return [rising, low, value];
    case 5:
      return [value, low, falling];
    default:
      return [value, rising, low];
  }
}

/** A hue after a turn of the circle. */
export const turned = (hue: number, shift: number): number => fround((fround(hue + fround(shift)) % 1) + 1) % 1;
