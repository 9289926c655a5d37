/** Pixels along a side of a digit at half size. */
export const HALF_SIDE = 14;
