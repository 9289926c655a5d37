import { emaWeights, swaWeights } from '@downhill/ensembles';
import type { Transform } from '@downhill/core';
import { optimizer, type DownhillOptimizer } from '@downhill/tfjs';
import { dispose, tensor, tidy, variable, zerosLike, type Variable } from '@tensorflow/tfjs-core';
import { casesOf, isFused, NotCovered, relativeError, updateTolerance, type Backend, type Config, type Deviation } from '../family.ts';
import { translate, type Names } from '../mapping.ts';

type Values = Readonly<Record<string, readonly number[]>>;

/** The format of the averages among `optimizers/<name>.json`: what the weights are after each step, and what their average is then. */
interface AverageCase {
  readonly config: Config;
  /** The weights before the first step. */
  readonly params: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;
  readonly values: readonly Values[];
  readonly expected: readonly Values[];
  readonly float32_deviation: number;
}

const EMA: Readonly<Record<string, Names>> = {
  v2: { kind: { only: 'v2' }, decay: 'decay' },
  debiased: { kind: { only: 'debiased' }, decay: 'decay' },
  v3: {
    kind: { only: 'v3' },
    decay: 'decay',
    min_decay: 'minDecay',
    update_after_step: 'updateAfterStep',
    use_warmup: 'useWarmup',
    warmup_gamma: 'warmupGamma',
    warmup_power: 'warmupPower',
    first_step: 'firstStep',
  },
};

/** timm's train loop calls its first step 1, as we do; a case that calls it 0 begins a step later. Without a number timm's decay is constant. */
function ema(config: Config): Transform {
  const names = EMA[String(config.kind)];
  if (names === undefined) throw new NotCovered(`no average of the kind '${String(config.kind)}'`);
  const { firstStep = 1, updateAfterStep = 0, ...options } = translate(names, config);
  const later = firstStep === null ? 0 : Number(updateAfterStep) + 1 - Number(firstStep);
  return emaWeights({ ...options, updateAfterStep: later, biasCorrection: config.kind === 'debiased' });
}

function swa(config: Config): Transform {
  const { decay, ...options } = translate({ start: 'start', every: 'every', decay: 'decay' }, config);
  return swaWeights(decay === null ? options : { ...options, decay: Number(decay) });
}

const averages: Readonly<Record<string, (config: Config) => Transform>> = { ema, swa };

export const isAverage = (name: string): boolean => name in averages;

/** Replays a file of averages; each step is run by `step`, the first as told. */
export async function replayAverages(
  name: string,
  file: unknown,
  backend: Backend,
  checked: (step: () => void) => Promise<void>,
): Promise<readonly Deviation[]> {
  const deviations: Deviation[] = [];
  for (const [i, data] of casesOf<AverageCase>(file).entries()) {
    const made = averages[name]?.(data.config);
    if (made === undefined) throw new NotCovered(`no average named '${name}'`);
    const ours = await run(data, made, backend, checked);
    for (const [t, expected] of data.expected.entries())
      for (const [key, values] of Object.entries(expected))
        deviations.push({
          error: relativeError(ours[t]?.[key] ?? [], values),
          tolerance: updateTolerance(data.float32_deviation, backend),
          where: `case ${i + 1}, step ${t}, ${key}`,
        });
  }
  return deviations;
}

/** A gradient of 0 leaves the weights at the values that a step is to end with. */
async function run(
  { params, values }: AverageCase,
  made: Transform,
  backend: Backend,
  checked: (step: () => void) => Promise<void>,
): Promise<readonly Values[]> {
  const variables = Object.entries(params).map(([name, { shape, data }]) =>
    tidy(() => variable(tensor([...data], [...shape], 'float32'), true, name)),
  );
  const ours = optimizer(made, { execution: isFused(backend) ? 'fused' : 'ops' });
  const step = (): void => tidy(() => ours.applyGradients(variables.map((each) => ({ name: each.name, tensor: zerosLike(each) }))));
  try {
    ours.prepare(variables); // an average may begin with the first weights
    const seen: Values[] = [];
    for (const [t, each] of values.entries()) {
      for (const weight of variables) assign(weight, each[weight.name] ?? []);
      if (t === 0) await checked(step);
      else step();
      seen.push(await readAverage(ours, variables));
    }
    return seen;
  } finally {
    ours.dispose();
    for (const each of variables) each.dispose();
  }
}

const assign = (weight: Variable, values: readonly number[]): void =>
  tidy(() => weight.assign(tensor([...values], weight.shape, 'float32')));

/** The first average of the optimizer's chain, by variable. */
export async function readAverage(ours: DownhillOptimizer, variables: readonly Variable[]): Promise<Values> {
  const averages = ours.average(ours.averageNames[0] ?? '', variables);
  const values = Object.fromEntries(
    await Promise.all([...averages].map(async ([{ name }, average]) => [name, [...(await average.data())]] as const)),
  );
  dispose([...averages.values()]);
  return values;
}
