/** All that a snapshot run is; what the address of the page holds. */
export interface SnapshotState {
  /** How often the learning rate falls to nearly nothing, and how many snapshots are taken. */
  readonly cycles: number;
  /** The learning rate at which each cycle begins. */
  readonly rate: number;
  readonly epochs: number;
  readonly seed: number;
}

export const CYCLES = { min: 1, max: 10, whole: true } as const;
export const RATES = { min: 0.02, max: 1 } as const;
export const EPOCHS = { min: 4, max: 30, whole: true } as const;
export const SEEDS = { min: 1, max: 100, whole: true } as const;

export const DEFAULT_SNAPSHOTS: SnapshotState = { cycles: 5, rate: 0.25, epochs: 12, seed: 1 };

export const TRAINED = 1000; // digits that are learned from: few, so that one network alone is unsure
export const HELD_OUT = 2000; // digits that judge it: a percent of them is more than luck
export const BATCH = 20;

/** The optimizer steps of the whole run. */
export const stepsOf = ({ epochs }: Pick<SnapshotState, 'epochs'>): number => (epochs * TRAINED) / BATCH;
