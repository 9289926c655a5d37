import type { Draws } from './draws.ts';
import { taskMakers, type Task } from './tasks.ts';

export type Rule = 'sgd' | 'momentum' | 'adam' | 'rmsprop';

/** How a run is made. */
export interface Settings {
  readonly task: Task;
  /** Hidden units by layer. */
  readonly hidden: readonly number[];
  /** Filters of a convolution before them; 0 for none. */
  readonly filters: number;
  readonly activation: 'relu' | 'tanh' | 'elu';
  readonly loss: 'cross_entropy' | 'mse';
  readonly rule: Rule;
  readonly rate: number;
  /** The factor on the rate, by the share of the run that is done. */
  readonly decay: (share: number) => number;
  readonly decayName: string;
  readonly batch: number;
  readonly epochs: number;
  readonly samples: number;
  /** Share of training labels that are wrong. */
  readonly wrong: number;
  /** What initial weights are multiplied by. */
  readonly scale: number;
  readonly weightDecay: number;
  readonly dropout: number;
  /** The epoch whose data has a NaN in it. */
  readonly badEpoch?: number;
  readonly seed: number;
}

const rates: Readonly<Record<Rule, number>> = { sgd: 0.1, momentum: 0.02, adam: 3e-3, rmsprop: 1.5e-3 };

const decays: readonly (readonly [name: string, decay: (share: number) => number])[] = [
  ['constant', () => 1],
  ['cosine', (share) => 0.5 * (1 + Math.cos(Math.PI * share))],
  ['linear', (share) => 1 - share],
  ['step', (share) => (share < 0.5 ? 1 : share < 0.75 ? 0.1 : 0.01)],
  ['exponential', (share) => 0.02 ** share],
];

/** Settings that work: what every fault begins with. */
export function sensible(draws: Draws, seed: number): Settings {
  const make = draws.oneOf(taskMakers);
  const task = make(seed, draws.whole(2, 7));
  const rule = draws.oneOf(['sgd', 'momentum', 'adam', 'rmsprop'] as const);
  const [decayName, decay] = draws.oneOf(decays);
  return {
    task,
    hidden: Array.from({ length: draws.whole(1, 3) }, () => draws.oneOf([32, 48, 64, 96])),
    filters: task.picture !== undefined && draws.whole(0, 3) === 0 ? 6 : 0,
    activation: draws.oneOf(['relu', 'tanh', 'elu'] as const),
    loss: draws.whole(0, 9) === 0 ? 'mse' : 'cross_entropy',
    rule,
    rate: rates[rule] * draws.logUniform(0.7, 1.5),
    decay,
    decayName,
    batch: draws.oneOf([16, 32, 64]),
    epochs: draws.whole(22, 50),
    samples: draws.whole(500, 1000),
    wrong: 0,
    scale: 1,
    weightDecay: 0,
    dropout: 0,
    seed,
  };
}
