// One buffer for all; a DataView fixes the order of bytes, whatever the machine's is.
const view: DataView = /* @__PURE__ */ new DataView(/* @__PURE__ */ new ArrayBuffer(8));

/** Sign, exponent and the upper 20 bits of the fraction, as a signed integer. */
function highWord(x: number): number {
  view.setFloat64(0, x);
  return view.getInt32(0);
}

/** x with its {@link highWord} replaced. */
function withHighWord(x: number, high: number): number {
  view.setFloat64(0, x);
  view.setInt32(0, high);
  return view.getFloat64(0);
}

/** 2ᵏ for −1022 ≤ k ≤ 1023. */
const powerOfTwo = (k: number): number => withHighWord(0, (k + 1023) << 20);

/** x · 2ᵏ for |k| ≤ 2044, rounded once, also where it is subnormal or overflows. */
export const scale = (x: number, k: number): number => x * powerOfTwo(k >> 1) * powerOfTwo(k - (k >> 1));

/** x = m · 2ᵏ with √½ ≤ m < √2, for finite x > 0. */
export function mantissa(x: number): readonly [m: number, k: number] {
  if (x < 2.2250738585072014e-308) {
    const [m, k] = mantissa(x * 18014398509481984);
    return [m, k - 54];
  }
  const high = highWord(x);
  const shifted = (high & 0xfffff) + 0x95f62; // carries into bit 20 where the fraction is that of √2 or more
  const above = (shifted >> 20) & 1;
  return [withHighWord(x, (high & 0xfffff) | ((1023 - above) << 20)), (high >> 20) - 1023 + above];
}
