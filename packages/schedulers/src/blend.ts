/** share · from + (1 − share) · to. Written as two products so that a share of 1 gives `from`, and of 0 gives `to`, to the last bit. */
export const blend = (from: number, to: number, share: number): number => share * from + (1 - share) * to;
