/** The share of the old average that stays. */
export const DECAY = 0.999;
