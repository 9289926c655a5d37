import { gate } from './gate.ts';

/** What a visitor wants of a run, asked for between its steps. */
export interface Steering {
  /** Aborted where the run is to end. */
  readonly signal: AbortSignal;
  /** Holds the run, with a checkpoint of the step after which it is held. */
  hold(): void;
  release(): void;
  stop(): void;
  wish(): void;
  /** Whether a checkpoint is wished for; the wish is granted by asking. */
  takeWish(): boolean;
  /** Whether the run is to wait here: not before the checkpoint that a hold asks for is begun. */
  isHeld(): boolean;
  released(): Promise<void>;
}

export function steering(): Steering {
  const held = gate();
  const end = new AbortController();
  let wished = false;
  return {
    signal: end.signal,
    hold() {
      wished = true;
      held.shut();
    },
    release: () => held.open(),
    stop() {
      end.abort();
      held.open();
    },
    wish() {
      wished = true;
    },
    takeWish() {
      const isWished = wished;
      wished = false;
      return isWished;
    },
    isHeld: () => held.isShut && !wished,
    released: () => held.passed(),
  };
}
