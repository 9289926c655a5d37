import { median } from './median.ts';

/** Something whose steps can be timed from here; each reply holds one time a step, in milliseconds. */
export interface Timed {
  readonly name: string;
  time(steps: number): Promise<readonly number[]>;
}

/** How long to measure. */
export interface Pace {
  /** Turns that each contender takes, while its budget lasts. */
  readonly rounds: number;
  /** Steps before anything counts, so that code is compiled and caches are filled; cut short by the budget. */
  readonly warmUpSteps: number;
  /** A turn holds as many steps as fit in this time, at least one, and a few of fast ones. */
  readonly turnMs: number;
  /** A contender whose steps are slow takes fewer turns, so that they fit in this time; one at least. */
  readonly budgetMs: number;
}

/** Names of contenders so slow that one step, without warm-up, has to do. */
export type Once = ReadonlySet<string>;

interface Plan {
  readonly contender: Timed;
  readonly turns: number;
  readonly steps: number;
  /** Whether an untimed step opens each turn: the others had the caches meanwhile. */
  readonly opener: boolean;
}

const MOST_STEPS = 40;
const FEWEST_FAST_STEPS = 4;
const MOST_WARM_UP_SHARE = 0.3;
const LAST_STEPS = 5;
/** Of slower steps one a turn has to do. */
const FAST_MS = 500;

/**
 * Times all contenders in turns, A B C A B C, so that whatever the machine does meanwhile meets them all alike.
 *
 * @returns The median time of a step, by name.
 */
export async function alternate(
  contenders: readonly Timed[],
  pace: Pace,
  { once = new Set(), log = () => {} }: { once?: Once; log?: (line: string) => void } = {},
): Promise<ReadonlyMap<string, number>> {
  const plans: Plan[] = [];
  for (const contender of contenders) {
    const plan = once.has(contender.name)
      ? { contender, turns: 1, steps: 1, opener: false }
      : planFor(contender, await warmUp(contender, pace), pace);
    plans.push(plan);
    log(`${contender.name}: warm; ${plan.turns} turns of ${plan.steps} steps`);
  }
  const samples = new Map<string, number[]>(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < pace.rounds; round++) {
    log(`round ${round + 1} of ${pace.rounds}`);
    for (const { contender, turns, steps, opener } of plans) {
      if (!playsIn(round, turns, pace.rounds)) continue;
      const times = await contender.time(steps + Number(opener));
      samples.get(contender.name)?.push(...times.slice(Number(opener)));
    }
  }
  return new Map([...samples].map(([name, times]) => [name, median(times)]));
}

/** @returns How long a step takes at the end of the warm-up. */
async function warmUp(contender: Timed, { warmUpSteps, budgetMs }: Pace): Promise<number> {
  const times: number[] = [];
  let spent = 0;
  while (times.length < warmUpSteps && spent < budgetMs * MOST_WARM_UP_SHARE) {
    const [ms = NaN] = await contender.time(1);
    times.push(ms);
    spent += ms;
  }
  return Math.min(...times.slice(-LAST_STEPS)); // what the machine does besides must not make a turn shorter
}

function planFor(contender: Timed, stepMs: number, { rounds, turnMs, budgetMs }: Pace): Plan {
  const fast = stepMs < FAST_MS;
  const steps = Math.min(MOST_STEPS, Math.max(fast ? FEWEST_FAST_STEPS : 1, Math.round(turnMs / stepMs)));
  const turns = Math.min(rounds, Math.max(1, Math.floor(budgetMs / ((steps + 1) * stepMs))));
  return { contender, turns, steps, opener: true }; // before slow steps too: one of 300 ms took 390 after the others had had the caches
}

/** Spreads `turns` evenly over the rounds. */
function playsIn(round: number, turns: number, rounds: number): boolean {
  return Math.floor(((round + 1) * turns) / rounds) > Math.floor((round * turns) / rounds);
}
