import { plan, shareLevels, trace, type KernelTrace } from '@downhill/core/compiler';
import { adamw, chain, clipByGlobalNorm, decayWeights, kernelsOnly, sgd, type Transform } from '@downhill/optimizers';
import { cosine, warmup } from '@downhill/schedulers';
import { optimizer } from '@downhill/tfjs';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { useBackend } from './use-backend.ts';

afterEach(() => vi.restoreAllMocks());

/** Batches of gradients for a kernel and a bias; written out, so that the reference below needs no generator. */
const GRADIENTS = [
  { kernel: [0.5, -1.5, 2, 0.25, 0, -3], bias: [0.1, -0.2, 4] },
  { kernel: [-0.5, 1, 1e-4, 0.5, 2, 1], bias: [0.3, 0, -1] },
  { kernel: [1, 1, -1, 2, -2, 0.5], bias: [1e-3, 2, 1] },
];
const WEIGHTS = { kernel: [1, -2, 3, -4, 5, -6], bias: [0, 1, -1] };
const SHAPES = { kernel: [3, 2], bias: [3] };

const rate = warmup(cosine({ from: 0.1, steps: 10 }), { steps: 2 });
const rule = (): Transform => chain(clipByGlobalNorm(1), adamw({ learningRate: rate, weightDecay: 0.01, decayMask: kernelsOnly }));

/** The same in float64, as the papers write it: Pascanu et al. 2013, algorithm 1; Loshchilov & Hutter 2019, algorithm 2. */
function reference(): number[] {
  const weights = [...WEIGHTS.kernel, ...WEIGHTS.bias];
  const [m, v] = [weights.map(() => 0), weights.map(() => 0)];
  GRADIENTS.forEach(({ kernel, bias }, step) => {
    const gradient = [...kernel, ...bias];
    const length = Math.hypot(...gradient);
    const t = step + 1;
    weights.forEach((weight, i) => {
      const g = gradient[i]! * Math.min(1, 1 / length);
      m[i] = 0.9 * m[i]! + 0.1 * g;
      v[i] = 0.999 * v[i]! + 0.001 * g * g;
      const direction = m[i]! / (1 - 0.9 ** t) / (Math.sqrt(v[i]! / (1 - 0.999 ** t)) + 1e-8);
      const decay = i < WEIGHTS.kernel.length ? 0.01 * weight : 0;
      weights[i] = weight - rate.at(step) * (direction + decay);
    });
  });
  return weights;
}

test.each([
  ['cpu', 'fused'],
  ['wasm', 'fused'],
  ['cpu', 'ops'],
  ['wasm', 'ops'],
] as const)('clipping, AdamW, a mask and a schedule on %s (%s) are the papers’ formulas', async (backend, execution) => {
  await useBackend(backend);
  const before = tf.memory().numTensors;
  const variables = tf.tidy(() =>
    (['kernel', 'bias'] as const).map((name) => tf.variable(tf.tensor(WEIGHTS[name], SHAPES[name]), true, name)),
  );
  const given = optimizer(rule(), { execution });
  for (const gradients of GRADIENTS) {
    const tensors = (['kernel', 'bias'] as const).map((name) => ({ name, tensor: tf.tensor(gradients[name], SHAPES[name]) }));
    given.applyGradients(tensors);
    tf.dispose(tensors.map(({ tensor }) => tensor));
  }
  expect(given.scalars['learningRate']).toBe(rate.at(2));
  const ours = variables.flatMap((variable) => [...variable.dataSync()]);
  // Three steps of about ten roundings of 6e-8 each, of updates up to 0.1, and of the weight itself, which is up to 6.
  reference().forEach((weight, i) =>
    expect(Math.abs(ours[i]! - weight)).toBeLessThan(3 * (10 * 6e-8 * 0.1 + 6e-8 * Math.abs(weight)) + 1e-9),
  );
  given.dispose();
  tf.dispose(variables);
  expect(tf.memory().numTensors).toBe(before);
});

describe('a step', () => {
  const shapes = [[3, 3, 1, 32], [32], [3, 3, 32, 64], [64], [3136, 128], [128], [128, 10], [10]];
  /** The loops of a step over all parameters: level and kernel. */
  function loops(given: Transform, guarded: boolean): ReadonlySet<string> {
    const planned = shapes.map((shape, i) => ({
      ...(trace(given, { name: `p${i}`, shape }, { guarded }).steps[0] as KernelTrace),
      rank: shape.length,
    }));
    const levels = shareLevels(planned);
    return new Set(planned.flatMap((item) => plan(item, levels).stages.map(({ level, kernel }) => `${level} ${kernel.hash}`)));
  }

  test('of AdamW on a convnet is one kernel for all tensors, and two with the global norm', () => {
    expect(loops(adamw(), false).size).toBe(1);
    expect(loops(chain(clipByGlobalNorm(1), adamw()), false).size).toBe(2);
  });

  test('that must not go on with NaN costs no further loop where the global norm is computed', () => {
    expect(loops(chain(clipByGlobalNorm(1), adamw()), true).size).toBe(2);
    expect(loops(adamw(), true).size).toBe(2);
  });

  test('with weight decay on kernels alone is two kernels', () => {
    expect(loops(chain(decayWeights(0.01, kernelsOnly), sgd()), false).size).toBe(2);
  });

  test('on wasm is compiled once for a kind of kernel, whatever the learning rate, the tensors and the optimizers', async () => {
    await useBackend('wasm');
    const compile = vi.spyOn(WebAssembly, 'Module');
    const run = (): void => {
      const variables = tf.tidy(() => [[2, 3], [4], [5, 5]].map((shape) => tf.variable(tf.ones(shape))));
      const given = optimizer(chain(clipByGlobalNorm(2), adamw({ learningRate: rate, beta1: 0.8 })));
      for (let step = 0; step < 5; step++) {
        const gradients = variables.map(({ name, shape }) => ({ name, tensor: tf.ones(shape) }));
        given.applyGradients(gradients);
        tf.dispose(gradients.map(({ tensor }) => tensor));
      }
      given.dispose();
      tf.dispose(variables);
    };
    run();
    const first = compile.mock.calls.length;
    expect(first).toBeLessThanOrEqual(2);
    run();
    expect(compile.mock.calls.length).toBe(first);
  });
});
