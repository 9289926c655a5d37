/** A colour as hue, saturation and value, each from 0 to 1 (Smith 1978). */
export function toHsv(red: number, green: number, blue: number): readonly [number, number, number] {
  const most = Math.max(red, green, blue);
  const spread = most - Math.min(red, green, blue);
  if (spread === 0) return [0, 0, most];
  const [r, g, b] = [(most - red) / spread, (most - green) / spread, (most - blue) / spread];
  const sixths = most === red ? b - g : most === green ? 2 + r - b : 4 + g - r;
  return [(sixths / 6 + 1) % 1, spread / most, most];
}

/** Back to red, green and blue. */
export function fromHsv(hue: number, saturation: number, value: number): readonly [number, number, number] {
  const sector = Math.floor(hue * 6);
  const fraction = hue * 6 - sector;
  const low = value * (1 - saturation);
  const falling = value * (1 - saturation * fraction);
  const rising = value * (1 - saturation * (1 - fraction));
  switch (sector % 6) {
    case 0:
      return [value, rising, low];
    case 1:
      return [falling, value, low];
    case 2:
      return [low, value, rising];
    case 3:
      return [low, falling, value];
    case 4:
      return [rising, low, value];
    default:
      return [value, low, falling];
  }
}
