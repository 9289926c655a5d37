import { adagrad, adam, adamw, rmsprop } from '@downhill/optimizers';
import { optimizer } from '@downhill/tfjs';
import '@tensorflow/tfjs-layers'; // registers tfjs's gradients
import { backend, env, scalar, tidy, train, variable, type Optimizer } from '@tensorflow/tfjs-core';
import { expose } from './lib/expose.ts';
import { openBackend, type BackendName } from './lib/backends.ts';

const RATE = 0.1;

type Rules = Readonly<Record<'adam' | 'rmsprop' | 'adagrad', () => Optimizer>>;

const THEIRS: Rules = {
  adam: () => train.adam(RATE),
  rmsprop: () => train.rmsprop(RATE),
  adagrad: () => train.adagrad(RATE, 1e-12), // an accumulator that does not hide the epsilon
};

const OURS: Rules & Readonly<Record<'adamw', () => Optimizer>> = {
  adam: () => optimizer(adam({ learningRate: RATE })),
  adamw: () => optimizer(adamw({ learningRate: RATE, weightDecay: 0 })),
  rmsprop: () => optimizer(rmsprop({ learningRate: RATE })),
  adagrad: () => optimizer(adagrad({ learningRate: RATE })),
};

export const calls = {
  /** What the backend itself says, and whether it computes with float32. */
  backendSays: async (name: BackendName): Promise<{ readonly epsilon: number; readonly float32: boolean }> => {
    await openBackend(name);
    return { epsilon: backend().epsilon(), float32: name !== 'webgl' || env().getBool('WEBGL_RENDER_FLOAT32_ENABLED') };
  },
  /** How far tfjs's rule moves a weight by one step with this gradient. */
  theirs: (name: BackendName, rule: keyof typeof THEIRS, gradient: number): Promise<number> => stepOf(name, THEIRS[rule], gradient),
  /** How far ours does. */
  ours: (name: BackendName, rule: keyof typeof OURS, gradient: number): Promise<number> => stepOf(name, OURS[rule], gradient),
};

async function stepOf(name: BackendName, make: () => Optimizer, gradient: number): Promise<number> {
  await openBackend(name);
  const weight = tidy(() => variable(scalar(0)));
  const rule = make();
  try {
    tidy(() => rule.applyGradients({ [weight.name]: scalar(gradient) }));
    return (await weight.data())[0] ?? Number.NaN;
  } finally {
    rule.dispose();
    weight.dispose();
  }
}

expose(calls);
