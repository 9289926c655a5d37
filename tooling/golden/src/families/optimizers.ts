import type { Transform } from '@downhill/core';
import { optimizer, type DownhillOptimizer } from '@downhill/tfjs';
import { dispose, memory, profile, tensor, tidy, variable, type Variable } from '@tensorflow/tfjs-core';
import { openBackend } from '../backend.ts';
import { casesOf, isFused, relativeError, updateTolerance, type Backend, type Config, type Deviation, type Family } from '../family.ts';
import { isAverage, readAverage, replayAverages } from './averages.ts';
import { OUTPUT_FIRST, outputLast } from './output-last.ts';
import { replaySam } from './sam.ts';
import { HANDED_ON, transformsNamed } from './transforms.ts';

export type { Deviation } from '../family.ts';

type Values = Readonly<Record<string, readonly number[]>>;

/** The format of `optimizers/<name>.json`. All tensors of a case step together. */
interface UpdateCase {
  readonly config: Config;
  readonly params: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;
  /** Of step t, whatever the parameters are. */
  readonly gradients: readonly Values[];
  /** The parameters after step t. */
  readonly expected: readonly Values[];
  /** The point to evaluate at after step t: an average that the rule keeps. */
  readonly expected_eval?: readonly Values[];
  /** The gradients as a clipping rule hands them on. */
  readonly expected_gradients?: readonly Values[];
  /** How far a float32 run of the reference is from its float64 run. */
  readonly float32_deviation: number;
}

export const optimizers: Family = {
  name: 'optimizers',
  needsBackend: () => true,
  async replay(name, file, backend) {
    await openBackend(backend);
    const before = memory().numTensors;
    const deviations = await replayed(name, file, backend);
    const left = memory().numTensors - before;
    if (left !== 0) throw new Error(`the replay left ${left} tensors`);
    return deviations;
  },
};

function replayed(name: string, file: unknown, backend: Backend): Promise<readonly Deviation[]> | readonly Deviation[] {
  if (name === 'sam') return replaySam(file, backend);
  return isAverage(name) ? replayAverages(name, file, backend, (step) => checkedStep(step, backend)) : replayUpdates(name, file, backend);
}

async function replayUpdates(name: string, file: unknown, backend: Backend): Promise<readonly Deviation[]> {
  const laidOut = (data: UpdateCase): UpdateCase => (OUTPUT_FIRST.has(name) ? outputLast(data) : data);
  const cases = casesOf<UpdateCase>(file).map((data) => ({ ...laidOut(data), transforms: transformsNamed(name, data.config) }));
  const deviations: Deviation[] = [];
  for (const [i, { transforms, ...data }] of cases.entries()) {
    const where = `case ${i + 1}`;
    deviations.push(...compare(data, await weights(data, transforms.whole, backend), data.expected, backend, where));
    if (data.expected_eval !== undefined)
      deviations.push(...compare(data, await averages(data, transforms.whole, backend), data.expected_eval, backend, `${where}, average`));
    if (data.expected_gradients !== undefined)
      deviations.push(
        ...compare(data, await handedOn(data, transforms.gradient, backend), data.expected_gradients, backend, `${where}, gradient`),
      );
  }
  return deviations;
}

/** Steps through the gradients; `after` sees the variables after each step. */
async function run(
  { params, gradients }: UpdateCase,
  transform: Transform,
  backend: Backend,
  after: (variables: readonly Variable[], ours: DownhillOptimizer) => Promise<Values>,
): Promise<readonly Values[]> {
  const variables = Object.entries(params).map(([name, { shape, data }]) =>
    tidy(() => variable(tensor([...data], [...shape], 'float32'), true, name)),
  );
  const ours = optimizer(transform, { execution: isFused(backend) ? 'fused' : 'ops' });
  const byTensors = transform.parts.some(({ rule }) => rule.matrix !== undefined); // calls tfjs's kernels wherever it runs
  const step = (values: Values): void =>
    tidy(() =>
      ours.applyGradients(variables.map(({ name, shape }) => ({ name, tensor: tensor([...(values[name] ?? [])], shape, 'float32') }))),
    );
  try {
    ours.prepare(variables); // a slot may begin with the first weights
    const seen: Values[] = [];
    for (const [t, values] of gradients.entries()) {
      if (t === 0 && !byTensors) await checkedStep(() => step(values), backend);
      else step(values);
      seen.push(await after(variables, ours));
    }
    return seen;
  } finally {
    ours.dispose();
    for (const each of variables) each.dispose();
  }
}

/** A step on the backend that was asked for: fused kernels call none of tfjs's, and a silent fall back to them must not pass. */
async function checkedStep(step: () => void, backend: Backend): Promise<void> {
  const { kernelNames } = await profile(step);
  const byOps = kernelNames.some((name) => ARITHMETIC.has(name));
  if (byOps === isFused(backend)) throw new Error(`the step ran ${byOps ? 'as tfjs operations' : 'fused'} on ${backend}`);
}

const ARITHMETIC: ReadonlySet<string> = new Set(['Add', 'Sub', 'Multiply', 'RealDiv', 'Maximum', 'Minimum']);

const read = async (variables: readonly Variable[]): Promise<Values> =>
  Object.fromEntries(await Promise.all(variables.map(async (each) => [each.name, [...(await each.data())]] as const)));

/** The weights after each step. */
const weights = (data: UpdateCase, transform: Transform, backend: Backend): Promise<readonly Values[]> =>
  run(data, transform, backend, read);

/** The average that the rule keeps, after each step. */
const averages = (data: UpdateCase, transform: Transform, backend: Backend): Promise<readonly Values[]> =>
  run(data, transform, backend, (variables, ours) => readAverage(ours, variables));

/** What the transform's first part makes of each gradient. */
const handedOn = (data: UpdateCase, transform: Transform, backend: Backend): Promise<readonly Values[]> =>
  run(data, transform, backend, async (variables, ours) =>
    Object.fromEntries(
      await Promise.all(
        variables.map(async (each) => {
          const state = ours.state(each);
          const values = [...((await state[HANDED_ON]?.data()) ?? [])];
          dispose(state);
          return [each.name, values] as const;
        }),
      ),
    ),
  );

function compare(
  { float32_deviation: float32 }: UpdateCase,
  ours: readonly Values[],
  expected: readonly Values[],
  backend: Backend,
  where: string,
): readonly Deviation[] {
  const tolerance = updateTolerance(float32, backend);
  return expected.flatMap((step, t) =>
    Object.entries(step).map(([name, values]) => ({
      error: relativeError(ours[t]?.[name] ?? [], values),
      tolerance,
      where: `${where}, step ${t}, ${name}`,
    })),
  );
}
