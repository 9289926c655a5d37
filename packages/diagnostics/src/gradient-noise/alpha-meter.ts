import { checkNumber, complete } from '@downhill/core';
import { dot, norm, scaled } from '../differentiation/vectors.ts';
import type { Cadence } from '../meters/cadence.ts';
import { meter, scalar, type AfterStep, type Meter } from '../meters/meter.ts';
import type { NamedVariable } from '@downhill/training';
import { alphaOf } from './alpha.ts';
import { gradientsOfParts, type SampleGradients } from './sample-gradients.ts';

/** Options of {@link alphaMeter}. */
export interface AlphaMeterOptions {
  /** Into how many parts the batch is cut, to know how sure losses and slopes are. @defaultValue 8 */
  readonly parts?: number;
  readonly every?: Cadence;
}

/**
 * How far across the valley a step went, `alpha` (see `alphaOf`): 0 is the minimum along the step, −1 no step at all, 1 as high up on the other side. Both ends
 * are measured on the step's own batch, with layers as in inference. Cockpit's advice: well below 0, raise the rate; steadily above 0, lower it.
 *
 * Cost: two passes forward and back over the batch, in parts, one before the step and one after; 8 bytes a weight and part in between.
 *
 * @example
 * const alpha = alphaMeter({ every: 100 });
 * alpha.cost; // { forward: 2, backward: 2 }
 *
 * @throws DownhillError `invalid-argument` where `parts` is no whole number of at least 2.
 */
export function alphaMeter(options: AlphaMeterOptions = {}): Meter {
  const { parts, every } = complete('alphaMeter', options, { parts: 8, every: undefined });
  checkNumber('alphaMeter', { parts }, { min: 2, integer: true });
  return meter({
    name: 'alpha',
    cost: { forward: 2, backward: 2 },
    needs: ['batch', 'weightsBefore'],
    ...(every === undefined ? {} : { every }),
    begin({ objective, variables }) {
      let start: SampleGradients | undefined;
      return {
        async beforeStep({ batch }) {
          start = objective && (await gradientsOfParts(variables, batch, parts, (part) => objective(part, { training: false })));
        },
        async afterStep({ batch, weightsBefore }) {
          if (objective === undefined || start === undefined || start.losses.length < 2) return [];
          const step = await displacement(variables, weightsBefore);
          const end = await gradientsOfParts(variables, batch, parts, (part) => objective(part, { training: false }));
          const { alpha } = alphaOf(alongLine(start, end, step));
          return alpha === null ? [] : [scalar('alpha', alpha)];
        },
      };
    },
  });
}

/** Where the step went, one number a weight. */
async function displacement(variables: readonly NamedVariable[], before: AfterStep['weightsBefore']): Promise<Float64Array> {
  const parts = await Promise.all(
    variables.map(async ({ key, variable }) => {
      const [to, from] = [await variable.data(), await before.get(key)?.data()];
      return Array.from(to as Float32Array, (value, i) => value - (from?.[i] ?? value));
    }),
  );
  return Float64Array.from(parts.flat());
}

function alongLine(start: SampleGradients, end: SampleGradients, step: Float64Array): Parameters<typeof alphaOf>[0] {
  const stepLength = norm(step);
  const unit = scaled(step, stepLength === 0 ? 0 : 1 / stepLength);
  const losses = [start.losses, end.losses].map(spread);
  const slopes = [start, end].map(({ gradients }) => spread(gradients.map((gradient) => dot(gradient, unit))));
  const both = (found: readonly Spread[], name: keyof Spread): readonly [number, number] => [found[0]?.[name] ?? 0, found[1]?.[name] ?? 0];
  return {
    stepLength,
    loss: both(losses, 'mean'),
    slope: both(slopes, 'mean'),
    lossVariance: both(losses, 'variance'),
    slopeVariance: both(slopes, 'variance'),
  };
}

interface Spread {
  readonly mean: number;
  readonly variance: number;
}

function spread(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return { mean, variance: values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1) };
}
