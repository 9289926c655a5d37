import {
  augMix,
  augMixSpace,
  autoAugment,
  autoAugmentPolicies,
  autoAugmentSpace,
  magnitudeOf,
  randAugment,
  randAugmentSpace,
  randomErasing,
  subPolicyDraws,
  trivialAugmentWide,
  trivialAugmentWideSpace,
  type OperationName,
  type PolicyDraw,
  type Space,
} from '@downhill/augmentation';
import type { Json } from '@downhill/core';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';
import { NotCovered, type Config } from '../../family.ts';
import { EXACT, FRACTIONS, imageReplay, LEVELS, type ImageCase } from './images.ts';
import { replayed } from './replay-operation.ts';

type Size = { readonly height: number; readonly width: number };

interface TableCase extends Case {
  readonly config: { readonly table: string };
  readonly expected: {
    readonly numBins: number;
    readonly imageSize?: readonly [number, number];
    readonly subPolicies?: readonly (readonly { readonly op: string; readonly probability: number; readonly bin: number | null }[])[];
    readonly ops?: Readonly<Record<string, { readonly magnitudes: readonly number[] | null; readonly signed: boolean }>>;
  };
}

/** The name of a space's table may end with its number of bins, which is there again. */
function spaceOf(table: string, bins: number, size: Size): Space {
  if (table.startsWith('autoaugment-space')) return autoAugmentSpace(bins, size);
  if (table.startsWith('randaugment-space')) return randAugmentSpace(bins, size);
  if (table.startsWith('trivialaugmentwide-space')) return trivialAugmentWideSpace(bins);
  if (table.startsWith('augmix-space')) return augMixSpace(bins, size, true);
  throw new NotCovered(`no table named '${table}'`);
}

const tables: Replay = replayOf<TableCase>(({ config: { table }, expected }, compare) => {
  const { subPolicies, ops, numBins, imageSize: [height, width] = [0, 0] } = expected;
  if (subPolicies !== undefined) {
    const ours = autoAugmentPolicies[table.replace('autoaugment-', '') as 'imagenet'];
    if (ours === undefined) throw new NotCovered(`no table named '${table}'`);
    compare.same(
      table,
      ours,
      subPolicies.map((steps) => steps.map(({ op, probability, bin }) => [op, probability, bin])),
    );
    return;
  }
  const space = spaceOf(table, numBins, { height, width });
  compare.same('operations', Object.keys(space), Object.keys(ops ?? {}));
  for (const [name, { magnitudes, signed }] of Object.entries(ops ?? {})) {
    const ours = space[name as OperationName];
    compare.same(`${name} signed`, ours?.signed, signed);
    if (magnitudes === null) compare.same(`${name} without magnitudes`, ours?.magnitudes, null);
    else compare.relative(name, ours?.magnitudes ?? [], magnitudes, FRACTIONS);
  }
});

const samplingOf = ({ interpolation, fill }: Config): object => ({
  interpolation,
  ...(fill === null || fill === undefined ? {} : { fill: (fill as number[]).map((level) => level / 255) }),
});

interface Step {
  readonly op: OperationName;
  readonly bin: number | null;
  readonly signBit: number | null;
}

interface TraceConfig {
  readonly policy: string;
  readonly interpolation: 'bilinear' | 'nearest';
  readonly numBins: number;
  readonly magnitude: number;
  readonly subPolicy: number;
  readonly uniforms: readonly number[];
  readonly signBits: readonly number[];
  readonly sequence: readonly Step[];
  readonly chains: readonly (readonly Step[])[];
  readonly dirichlet2: readonly [number, number];
  readonly dirichletWidth: readonly number[];
}

/** A whole policy and what it drew. */
function policyOf(config: TraceConfig & Step, size: Size & { readonly channels: number }): readonly [unknown, Json] {
  const { policy, interpolation, numBins } = config;
  const isNegative = ({ signBit }: { readonly signBit: number | null }): boolean => signBit === 1;
  const stepIn =
    (space: Space) =>
    (step: Step): PolicyDraw => ({ operation: step.op, magnitude: magnitudeOf(space, step.op, step.bin, isNegative(step)) });
  const learned = autoAugmentPolicies[policy.replace('autoaugment-', '') as 'imagenet'];
  if (policy.startsWith('autoaugment-') && learned !== undefined) {
    const chosen = learned[config.subPolicy];
    if (chosen === undefined) throw new Error(`no sub-policy ${config.subPolicy}`);
    return [autoAugment({ interpolation }), subPolicyDraws(chosen, config.uniforms, config.signBits, size)];
  }
  if (policy === 'randaugment') {
    const step = stepIn(randAugmentSpace(numBins, size));
    return [randAugment({ interpolation, bins: numBins }), config.sequence.map((one) => step({ ...one, bin: config.magnitude }))];
  }
  if (policy === 'trivialaugmentwide')
    return [trivialAugmentWide({ interpolation, bins: numBins }), stepIn(trivialAugmentWideSpace(numBins))(config)];
  if (policy === 'augmix') {
    const step = stepIn(augMixSpace(10, size, true));
    const [own, rest] = config.dirichlet2;
    const chains = config.chains.map((steps, i) => ({ share: rest * (config.dirichletWidth[i] ?? 0), steps: steps.map(step) }));
    return [augMix({ interpolation }), { own, chains }];
  }
  throw new NotCovered(`no policy named '${policy}'`);
}

/** Of the pixels, this many may be off by more than a level: a rounding may move a pixel over a threshold of the next operation. */
const MOST_ELSEWHERE = 0.05;

const traces: Replay = replayOf<ImageCase>(({ config, input, expected }, compare) => {
  const [, height = 0, width = 0, channels = 0] = input.shape;
  const ours = replayed(input, policyOf(config as unknown as TraceConfig & Step, { height, width, channels }));
  const values = ours.dataSync();
  const elsewhere = expected.data.filter((level, i) => Math.abs(level - (values[i] ?? Number.NaN)) > LEVELS).length;
  compare.absolute('pixels off by more than a level', elsewhere / expected.data.length, 0, MOST_ELSEWHERE);
  ours.dispose();
});

/** By file name. */
export const policies: Readonly<Record<string, Replay>> = {
  policies: tables,
  'policy-ops': imageReplay(
    (config) => [trivialAugmentWide(samplingOf(config)), { operation: config.op as string, magnitude: config.magnitude as number }],
    { exact: ({ op }) => ['Identity', 'Posterize', 'Solarize', 'Equalize', 'Invert'].includes(op as string) },
  ),
  'policy-traces': traces,
  'random-erasing': replayOf<ImageCase>(({ config, input, expected }, compare) => {
    const number = (name: string): number => config[name] as number;
    const operation = randomErasing({
      probability: 1,
      area: [number('minArea'), number('maxArea')],
      aspect: [number('minAspect'), number('maxAspect')],
    });
    const [, height = 0, width = 0, channels = 0] = input.shape;
    const shares = [number('uArea'), number('uLogAspect')];
    const places = [number('top'), number('left')];
    const drawn = operation.draw(
      {
        bernoulli: () => true,
        normal: () => 0,
        uniform: (low, high) => low + (high - low) * (shares.shift() ?? Number.NaN),
        integer: () => places.shift() ?? Number.NaN,
      },
      { height, width, channels },
    );
    compare.same('box', drawn, {
      top: number('top'),
      left: number('left'),
      height: number('height'),
      width: number('width'),
    });
    const ours = replayed(input, [operation, drawn]);
    compare.absolute('images', ours, expected, EXACT);
    ours.dispose();
  }),
};
