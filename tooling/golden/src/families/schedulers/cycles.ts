import { cyclic, oneCycle, oneCycleMomentum, type CyclicOptions, type OneCycleShape } from '@downhill/schedulers';
import { from, type Build } from './builder.ts';

interface OneCycleCase extends Required<OneCycleShape> {
  readonly peak: number;
  readonly epochs: number | null;
  readonly stepsPerEpoch: number | null;
  readonly divideFirst: number;
  readonly divideLast: number;
  readonly low: number;
  readonly high: number;
}

const shapeOf = ({ steps, epochs, stepsPerEpoch, rise, anneal, threePhase }: OneCycleCase): OneCycleShape => ({
  steps: steps ?? (epochs ?? 0) * (stepsPerEpoch ?? 0),
  rise,
  anneal,
  threePhase,
});

type CyclicCase = Required<CyclicOptions> & { readonly low: number; readonly high: number };

const cycleOf = ({ up, down, mode, factor }: CyclicCase): Omit<CyclicOptions, 'from' | 'to'> => ({
  up,
  down: down ?? undefined,
  mode,
  factor: mode === 'exp_range' ? factor : undefined,
});

/** By the names of the mapping. */
export const cycleBuilders: Readonly<Record<string, Build>> = {
  cyclic: from((options: CyclicCase) => cyclic({ ...cycleOf(options), from: options.from, to: options.to })),
  one_cycle: from((options: OneCycleCase) => {
    const first = options.peak / options.divideFirst;
    return oneCycle({ ...shapeOf(options), peak: options.peak, from: first, to: first / options.divideLast });
  }),
};

/** The momentum of the same cycles. */
export const momentumBuilders: Readonly<Record<string, Build>> = {
  cyclic: from((options: CyclicCase) => cyclic({ ...cycleOf(options), from: options.high, to: options.low })),
  one_cycle: from((options: OneCycleCase) => oneCycleMomentum({ ...shapeOf(options), low: options.low, high: options.high })),
};
