import { sam, wsam } from '@downhill/optimizers';
import type { Transform } from '@downhill/core';
import { optimizer } from '@downhill/tfjs';
import {
  add,
  concat,
  customGrad,
  mul,
  pow,
  reshape,
  split,
  square,
  sum,
  tensor1d,
  tensor2d,
  tidy,
  variable,
  matMul,
  type Scalar,
  type Tensor,
  type Tensor1D,
} from '@tensorflow/tfjs-core';
import { casesOf, isFused, NotCovered, relativeError, updateTolerance, type Backend, type Config, type Deviation } from '../family.ts';
import { translate, type Names } from '../mapping.ts';
import { baseOf } from './wrapped.ts';

/** The format of `optimizers/sam.json`. */
interface SamCase {
  readonly config: Config;
  readonly A: readonly (readonly number[])[];
  readonly params: Readonly<Record<string, { readonly shape: readonly number[]; readonly data: readonly number[] }>>;
  readonly expected: readonly Readonly<Record<string, readonly number[]>>[];
  /** At the start, and after each step. */
  readonly expected_loss: readonly number[];
  readonly float32_deviation: number;
}

const shared: Names = { rho: 'rho', adaptive: 'adaptive', perturb_eps: 'epsilon', base: 'base', base_config: 'baseConfig' };

function built({ method, ...config }: Config): Transform {
  const names = method === 'wsam' ? { ...shared, gamma: 'gamma', decouple: 'decouple' } : shared;
  if (method !== 'sam' && method !== 'wsam') throw new NotCovered(`no method named '${String(method)}'`);
  const { base, baseConfig, ...options } = translate(names, config);
  const inner = baseOf(base, baseConfig);
  return method === 'sam' ? sam(inner, options) : wsam(inner, options);
}

/** Replays the file: the losses are those that `minimize` returns, which belong to the start of its step. */
export function replaySam(file: unknown, backend: Backend): readonly Deviation[] {
  return casesOf<SamCase>(file).flatMap((data, i) => {
    const tolerance = updateTolerance(data.float32_deviation, backend);
    const { losses, weights } = run(data, built(data.config), backend);
    return [
      { error: relativeError(losses, data.expected_loss.slice(0, -1)), tolerance, where: `case ${i + 1}, losses` },
      ...data.expected.flatMap((expected, t) =>
        Object.entries(expected).map(([name, values]) => ({
          error: relativeError(weights[t]?.[name] ?? [], values),
          tolerance,
          where: `case ${i + 1}, step ${t}, ${name}`,
        })),
      ),
    ];
  });
}

function run(
  { A, params, expected }: SamCase,
  made: Transform,
  backend: Backend,
): { losses: number[]; weights: Record<string, number[]>[] } {
  const variables = Object.entries(params).map(([name, { data }]) => tidy(() => variable(tensor1d([...data]), true, name)));
  const ours = optimizer(made, { execution: isFused(backend) ? 'fused' : 'ops' });
  const loss = customGrad((...inputs) => {
    const parts = inputs.slice(0, variables.length) as Tensor1D[];
    const joined = (): Tensor1D => concat(parts);
    const along = (v: Tensor1D): Tensor => reshape(matMul(tensor2d(A.map((row) => [...row])), reshape(v, [-1, 1])), [-1]);
    const v = joined();
    const value = add<Scalar>(mul(sum(mul(v, along(v))), 0.5), mul(sum(square(square(v))), 0.25));
    const sizes = parts.map(({ size }) => size);
    return { value, gradFunc: () => split<Tensor>(add(along(joined()), pow(joined(), 3)), sizes) };
  });
  try {
    const losses: number[] = [];
    const weights = expected.map(() => {
      const cost = tidy(() => ours.minimize(() => loss(...variables), true, variables)?.dataSync()[0]);
      losses.push(cost ?? Number.NaN);
      return Object.fromEntries(variables.map((each) => [each.name, [...each.dataSync()]]));
    });
    return { losses, weights };
  } finally {
    ours.dispose();
    for (const each of variables) each.dispose();
  }
}
