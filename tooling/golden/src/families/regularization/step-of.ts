import { chain, mul, transform, zeros, type Transform } from '@downhill/core';
import { optimizer } from '@downhill/tfjs';
import { dispose, tidy, variable, zerosLike, type Tensor } from '@tensorflow/tfjs-core';
import type { Backend } from '../../family.ts';

/** Keeps the gradient that comes to it as a slot, where no weight has rounded it. */
const capture = (): Transform =>
  transform({
    name: 'capture',
    config: {},
    slots: { gradient: zeros },
    update: (g) => ({ update: mul(g, 0), slots: { gradient: g } }),
  });

/** What a transform did in a step whose gradient was 0 everywhere. */
export interface StepOf {
  readonly gradient: Float32Array;
  readonly weight: Float32Array;
  readonly statistics: Readonly<Record<string, number>>;
}

/** A step of one weight in the fused kernels of a backend, or by plain tfjs operations. */
export async function stepOf(made: Transform, weight: Tensor, backend: Backend): Promise<StepOf> {
  const trained = variable(weight);
  const given = optimizer(chain(made, capture()), { execution: backend === 'tfjs' ? 'ops' : 'fused' });
  try {
    tidy(() => given.applyGradients({ [trained.name]: zerosLike(trained) }));
    const state = given.state(trained);
    const read = (tensor: Tensor | undefined): Float32Array => Float32Array.from(tensor?.dataSync() ?? []);
    const result = { gradient: read(state['capture/gradient']), weight: read(trained) };
    dispose(Object.values(state));
    return { ...result, statistics: (await given.statistics())[trained.name] ?? {} };
  } finally {
    given.dispose();
    trained.dispose();
  }
}
