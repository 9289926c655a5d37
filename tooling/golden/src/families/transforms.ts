import { chain, type Transform } from '@downhill/core';
import {
  adagrad,
  adam,
  adamw,
  clipByGlobalNorm,
  clipByNorm,
  clipByValue,
  decayWeights,
  lookahead,
  muon,
  rmsprop,
  scheduleFreeAdamw,
  scheduleFreeSgd,
  sgd,
  sgdw,
  type AdagradOptions,
  type AdamOptions,
  type AdamwOptions,
  type LookaheadOptions,
  type MuonOptions,
  type RmspropOptions,
  type ScheduleFreeAdamwOptions,
  type ScheduleFreeSgdOptions,
  type SgdOptions,
  type SgdwOptions,
} from '@downhill/optimizers';
import { inverseTime } from '@downhill/schedulers';
import { NotCovered, type Config } from '../family.ts';
import { transformNames, translate } from '../mapping.ts';
import { baseOf } from './wrapped.ts';

/** What a file is replayed with. */
export interface Transforms {
  /** The rule as it moves the weights. */
  readonly whole: Transform;
  /** Its first part alone, where the file has the gradients that this part hands on; else the same as `whole`. */
  readonly gradient: Transform;
}

type Build = (options: Record<string, unknown>) => Transforms;

/** A builder from our options. They come out of a file: the factories check them. */
const rule =
  <Options>(build: (options: Options) => Transform): Build =>
  (options) => {
    const whole = build(options as Options);
    return { whole, gradient: whole };
  };

const clipping =
  <Options extends object>(build: (options: Options) => Transform): Build =>
  ({ learningRate, ...options }) => {
    const gradient = build(options as Options);
    return { gradient, whole: chain(gradient, sgd({ learningRate: learningRate as number })) };
  };

/** PyTorch's `weight_decay` where it is an L2 penalty, under rules whose options know only the decoupled one. */
const withL2 = ({ weightDecay }: { weightDecay: number }, inner: Transform): Transform => chain(decayWeights(weightDecay), inner);

/** timm's names of how long an update is. */
function adjusted(adjustment: string): Pick<MuonOptions, 'adjustLearningRate'> {
  const names: Readonly<Record<string, MuonOptions['adjustLearningRate']>> = {
    match_rms_adamw: 'matchRmsAdamw',
    original: 'original',
    rms_to_rms: 'rmsToRms',
  };
  const adjustLearningRate = names[adjustment];
  if (adjustLearningRate === undefined) throw new NotCovered(`no length of an update named '${adjustment}'`);
  return { adjustLearningRate };
}

/** By the names of the mapping. */
export const builders: Readonly<Record<string, Build>> = {
  sgd: rule((options: SgdOptions) => sgd(options)),
  sgdw: rule((options: SgdwOptions) => sgdw(options)),
  adagrad: rule(
    ({ weightDecay, learningRate, rate, ...options }: AdagradOptions & { weightDecay: number; learningRate: number; rate: number }) =>
      withL2({ weightDecay }, adagrad({ ...options, learningRate: inverseTime({ from: learningRate, rate }) })),
  ),
  rmsprop: rule(({ weightDecay, ...options }: RmspropOptions & { weightDecay: number }) => withL2({ weightDecay }, rmsprop(options))),
  adam: rule(({ weightDecay, ...options }: AdamOptions & { weightDecay: number }) => withL2({ weightDecay }, adam(options))),
  adamw: rule((options: AdamwOptions) => adamw(options)),
  lookahead: rule(({ base, baseConfig, ...options }: LookaheadOptions & { base: string; baseConfig: Config }) =>
    lookahead(baseOf(base, baseConfig), options),
  ),
  schedulefree_sgd: rule((options: ScheduleFreeSgdOptions) => scheduleFreeSgd(options)),
  schedulefree_adamw: rule((options: ScheduleFreeAdamwOptions) => scheduleFreeAdamw(options)),
  muon: rule(({ adjustment, ...options }: MuonOptions & { adjustment: string }) => muon({ ...options, ...adjusted(adjustment) })),
  clip_by_value: clipping(({ limit }: { limit: number }) => clipByValue(limit)),
  clip_by_norm: clipping(({ maxNorm, epsilon }: { maxNorm: number; epsilon: number }) => clipByNorm(maxNorm, { epsilon })),
  clip_by_global_norm: clipping(({ maxNorm, epsilon }: { maxNorm: number; epsilon: number }) => clipByGlobalNorm(maxNorm, { epsilon })),
};

/** @throws NotCovered where no such rule is built, or an argument of it. */
export function transformsNamed(name: string, config: Config): Transforms {
  const names = transformNames[name];
  const build = builders[name];
  if (names === undefined || build === undefined) throw new NotCovered(`no update rule named '${name}'`);
  return build(translate(names, config));
}
