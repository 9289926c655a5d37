// A plugin as somebody may write it: a lone file of TypeScript, in a folder that is no package.
import { checkNumber, complete, lerp, mul, schedule, sign, transform, valueAt, zeros } from '@downhill/core';
import type { Schedule, ScheduleLike, Transform } from '@downhill/core';

export interface TiltOptions {
  learningRate?: ScheduleLike;
  beta?: number;
}

/** Steps of one size in the direction of the momentum. */
export function tilt(options: TiltOptions = {}): Transform {
  const config = complete('tilt', options, { learningRate: 2e-3, beta: 0.9 });
  const { learningRate, beta } = config;
  checkNumber('tilt', { beta }, { min: 0, below: 1 });
  return transform<'m', 'rate'>({
    name: 'tilt',
    config,
    slots: { m: zeros },
    scalars: ({ step }) => ({ rate: valueAt(learningRate, step) }),
    update(g, { slots, scalars: { rate } }) {
      const m = lerp(g, slots.m, beta);
      return { update: mul(sign(m), rate), slots: { m } };
    },
  });
}

export const ramp = ({ from, steps, to = 0 }: { from: number; steps: number; to?: number }): Schedule =>
  schedule({ name: 'ramp', config: { from, steps, to }, at: (step) => from + (to - from) * Math.min(1, step / steps) });
