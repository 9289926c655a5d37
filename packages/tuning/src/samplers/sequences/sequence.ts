/** A sequence of points in the unit cube, by number from 0 on. */
export type Sequence = (index: number) => readonly number[];
