/** Turns the colour circle: `src/passes/hue.ts` in AssemblyScript, with its roundings (fractions only). */

/** @param data Pixels of three channels, changed in place. */
export function turnHue(data: usize, pixels: i32, shift: f64): void {
  for (let pixel = 0; pixel < pixels; pixel++) {
    turn(data, shift);
    data += 12;
  }
}

function turn(at: usize, shift: f64): void {
  const red = <f64>load<f32>(at);
  const green = <f64>load<f32>(at, 4);
  const blue = <f64>load<f32>(at, 8);
  const most = max(red, max(green, blue));
  const spread = most - min(red, min(green, blue));
  let hue: f64 = 0;
  let saturation: f64 = 0;
  if (spread != 0) {
    const r = (most - red) / spread;
    const g = (most - green) / spread;
    const b = (most - blue) / spread;
    const sixths = most == red ? b - g : most == green ? 2 + r - b : 4 + g - r;
    hue = fraction(sixths / 6 + 1);
    saturation = spread / most;
  }
  hue = fraction(fraction(hue + shift) + 1);
  const sector = Math.floor(hue * 6);
  const rest = hue * 6 - sector;
  const low = most * (1 - saturation);
  const falling = most * (1 - saturation * rest);
  const rising = most * (1 - saturation * (1 - rest));
  const place = <i32>sector % 6;
  if (place == 0) set(at, most, rising, low);
  else if (place == 1) set(at, falling, most, low);
  else if (place == 2) set(at, low, most, rising);
  else if (place == 3) set(at, low, falling, most);
  else if (place == 4) set(at, rising, low, most);
  else set(at, most, low, falling);
}

/** The remainder by 1, with the sign of the number. */
function fraction(value: f64): f64 {
  return value - Math.trunc(value);
}

function set(at: usize, red: f64, green: f64, blue: f64): void {
  store<f32>(at, <f32>min(1, max(0, red)));
  store<f32>(at, <f32>min(1, max(0, green)), 4);
  store<f32>(at, <f32>min(1, max(0, blue)), 8);
}
