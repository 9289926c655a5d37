import { count, isFinite, maxAbs, not, transform, zeros, type Transform } from '@downhill/core';
import { measured, updateRatioMeter, type AfterStep } from '@downhill/diagnostics';
import { optimizer } from '@downhill/tfjs';
import { dispose, scalar, variable, type Variable } from '@tensorflow/tfjs-core';
import type { Comparison } from '../../cases/comparison.ts';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';
import type { Backend } from '../../family.ts';

/** 'NaN' where it is none. */
type Value = number | string;

interface NormsCase {
  readonly config: Readonly<Record<string, unknown>>;
  readonly input: Readonly<Record<'weights' | 'gradients' | 'updates', readonly TensorData[]>>;
  readonly expected: {
    readonly gradientNorms: readonly Value[];
    readonly globalGradientNorm: Value;
    readonly gradientMaxAbs: readonly Value[];
    readonly weightNorms: readonly Value[];
    readonly updateToWeight: readonly Value[];
    readonly updateToWeightStd: readonly Value[];
    readonly nonFinite: readonly Value[];
  };
}

type Statistics = Readonly<Record<string, number>>;

const EPSILON = 1e-12;
const numbers = ({ data }: TensorData): number[] => data.map(Number); // NaN and infinities are strings
const read = (data: TensorData): TensorData => ({ ...data, data: numbers(data) });

/** A rule whose update is given, and which looks for the largest gradient and for those that are no numbers. */
const given = (): Transform =>
  transform({
    name: 'given',
    config: {},
    slots: { update: zeros },
    update: (g, { slots: { update } }) => ({ update, statistics: { largest: maxAbs(g), bad: count(not(isFinite(g))) } }),
  });

/** What the kernels of a step find, tensor by tensor. */
async function inKernels({ weights, gradients, updates }: NormsCase['input'], backend: Backend): Promise<Statistics[]> {
  const variables = weights.map((weight) => {
    const value = tensorOf(read(weight));
    const made = variable(value);
    value.dispose();
    return made;
  });
  const made = optimizer(measured(given()), { execution: backend === 'tfjs' ? 'ops' : 'fused' });
  const tensors = [...gradients, ...updates].map((data) => tensorOf(read(data)));
  const named = <T>(of: readonly T[], name: (trained: Variable) => string): { name: string; tensor: T }[] =>
    of.map((tensor, i) => ({ name: name(variables[i] as Variable), tensor }));
  const iterations = scalar(0, 'int32');
  try {
    const slots = named(tensors.slice(weights.length), ({ name }) => `${name}/given/update`);
    await made.setWeights([{ name: 'iter', tensor: iterations }, ...slots]);
    made.applyGradients(named(tensors.slice(0, weights.length), ({ name }) => name));
    const found = await made.statistics();
    return variables.map(({ name }) => found[name] ?? {});
  } finally {
    dispose([...tensors, iterations]);
    made.dispose();
    for (const trained of variables) trained.dispose();
  }
}

/** The ratios of the meter, from weights before and after a step. */
async function ratios(by: 'norm' | 'deviation', { weights, updates }: NormsCase['input'], found: readonly Statistics[]): Promise<number[]> {
  const gauge = await updateRatioMeter({ by }).begin({} as never);
  const tensors = weights.map((weight, i) => [`${i}`, tensorOf(read(weight))] as const);
  const after = weights.map((weight, i) => [`${i}`, numbers(weight).map((w, j) => w - (Number(updates[i]?.data[j]) || 0))] as const);
  const norms = found.map((statistics, i) => [`${i}`, normsOf(statistics)] as const);
  const moment: Pick<AfterStep, 'norms' | 'values' | 'weightsBefore'> = {
    norms: async () => new Map(norms),
    values: async () => new Map(after),
    weightsBefore: new Map(tensors),
  };
  try {
    const readings = (await gauge.afterStep?.(moment as AfterStep)) ?? [];
    return readings.map((reading) => (reading.kind === 'scalar' ? reading.value : Number.NaN));
  } finally {
    dispose(tensors.map(([, tensor]) => tensor));
  }
}

const normsOf = (statistics: Statistics): { gradient: number; update: number; weight: number } => ({
  gradient: statistics['measuredGradient/gradient'] ?? Number.NaN,
  update: statistics['measuredUpdate/update'] ?? Number.NaN,
  weight: statistics['measuredUpdate/weight'] ?? Number.NaN,
});

function agree(compare: Comparison, what: string, ours: readonly number[], expected: readonly Value[]): void {
  compare.same(`${what}: how many`, ours.length, expected.length);
  for (const [i, value] of expected.entries())
    if (typeof value === 'number') compare.relative(`${what} of tensor ${i}`, ours[i] ?? Number.NaN, value, 1e-5);
    else compare.same(`${what} of tensor ${i}`, String(ours[i]), value);
}

/** Norms as the optimizer's kernels take them, and the ratios of the meter. */
export const normsAndRatiosFile: Replay = replayOf<NormsCase>(async ({ input, expected }, compare, backend) => {
  const found = await inKernels(input, backend);
  const norms = found.map(normsOf);
  agree(
    compare,
    'gradient norm',
    norms.map(({ gradient }) => gradient),
    expected.gradientNorms,
  );
  agree(compare, 'global gradient norm', [Math.hypot(...norms.map(({ gradient }) => gradient))], [expected.globalGradientNorm]);
  agree(
    compare,
    'largest gradient',
    found.map((statistics) => statistics['given/largest'] ?? -1),
    expected.gradientMaxAbs,
  );
  agree(
    compare,
    'not finite',
    found.map((statistics) => statistics['given/bad'] ?? -1),
    expected.nonFinite,
  );
  agree(
    compare,
    'weight norm',
    norms.map(({ weight }) => weight),
    expected.weightNorms,
  );
  agree(
    compare,
    'update to weight',
    norms.map(({ update, weight }) => update / (weight + EPSILON)),
    expected.updateToWeight,
  );
  agree(compare, 'update to weight, by the meter', await ratios('norm', input, found), expected.updateToWeight);
  agree(compare, 'update to weight, by deviation', await ratios('deviation', input, found), expected.updateToWeightStd);
});
