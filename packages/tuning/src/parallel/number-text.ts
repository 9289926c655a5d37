/** A number as text that `Number` reads back to the bit: also NaN, the infinities and −0, for which JSON has no word. */
export const textOf = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
