import type { Schedule } from '@downhill/core';
import * as schedulers from '@downhill/schedulers';

/** How a number of a schedule is turned: its range, and whether by factors instead of steps. */
export interface Dial {
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly kind: 'rate' | 'share' | 'steps' | 'count';
}

export type Dials = Readonly<Record<string, Dial | boolean>>;
export type DialValues = Readonly<Record<string, number | boolean>>;

/** A schedule that is shown: the packages' factory, and the numbers that it is shown with. */
export interface Shape {
  readonly name: string;
  readonly dials: Dials;
  /** @throws DownhillError of the package where it refuses a number. */
  make(values: DialValues): Schedule;
}

/** A learning rate; on its slider each step is a factor. */
const rate = (value: number): Dial => ({ value, min: 1e-4, max: 1, kind: 'rate' });
/** A number from 0 to `max`, on an even slider. */
const share = (value: number, max = 1): Dial => ({ value, min: 0, max, kind: 'share' });
const steps = (value: number): Dial => ({ value, min: 1, max: 400, kind: 'steps' });
const count = (value: number, max = 10): Dial => ({ value, min: 1, max, kind: 'count' });

/** A factory that takes one object of options. */
function shape<Options extends object>(name: string, factory: (options: Options) => Schedule, dials: Dials): Shape {
  return { name, dials, make: (values) => factory(values as Options) };
}

const number = (values: DialValues, name: string): number => Number(values[name]);

/** Every schedule of a first value, in the order in which they are shown. A new one is a line here. */
export const SHAPES: readonly Shape[] = [
  { name: 'constant', dials: { value: rate(0.1) }, make: (values) => schedulers.constant(number(values, 'value')) },
  shape('linear', schedulers.linear, { from: rate(0.1), to: share(0, 0.1), steps: steps(200) }),
  shape('cosine', schedulers.cosine, { from: rate(0.1), to: share(0, 0.1), steps: steps(200), hold: true }),
  shape('cosinePower', schedulers.cosinePower, { from: rate(0.1), to: share(0, 0.1), steps: steps(200), exponent: share(2, 5) }),
  shape('cosineWarmRestarts', schedulers.cosineWarmRestarts, {
    from: rate(0.1),
    to: share(0, 0.1),
    steps: steps(40),
    stretch: count(2, 4),
    shrink: share(0.8),
  }),
  shape('snapshotCosine', schedulers.snapshotCosine, { from: rate(0.1), steps: steps(200), cycles: count(4) }),
  shape('step', schedulers.step, { from: rate(0.1), every: steps(60), factor: share(0.1) }),
  {
    name: 'multiStep',
    dials: { from: rate(0.1), first: steps(80), second: steps(150), factor: share(0.1) },
    make: (values) =>
      schedulers.multiStep({
        from: number(values, 'from'),
        milestones: [number(values, 'first'), number(values, 'second')],
        factor: number(values, 'factor'),
      }),
  },
  shape('exponential', schedulers.exponential, { from: rate(0.1), factor: share(0.5), every: steps(40), staircase: false }),
  shape('polynomial', schedulers.polynomial, { from: rate(0.1), to: share(0, 0.1), steps: steps(200), power: share(2, 5), cycle: false }),
  shape('inverseSqrt', schedulers.inverseSqrt, { from: rate(0.1), timescale: steps(20) }),
  shape('inverseTime', schedulers.inverseTime, { from: rate(0.1), rate: share(1, 10), every: steps(20), staircase: false }),
  {
    name: 'swaLearningRate',
    dials: { before: rate(0.1), to: rate(0.02), start: steps(100), steps: steps(50) },
    make: ({ before, ...options }) => schedulers.swaLearningRate(Number(before), options as unknown as schedulers.SwaLearningRateOptions),
  },
];

/** The values that a shape is first shown with. */
export const usualValues = ({ dials }: Shape): DialValues =>
  Object.fromEntries(Object.entries(dials).map(([name, dial]) => [name, typeof dial === 'boolean' ? dial : dial.value]));

export const shapeNamed = (name: string): Shape | undefined => SHAPES.find((shape) => shape.name === name);
