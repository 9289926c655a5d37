import type { Schedule } from '@downhill/core';
import * as schedulers from '@downhill/schedulers';
import type { DialRange } from '../shell/dial-field.tsx';

/** A number of a schedule: what it is with, and how it is turned. */
export interface Dial extends DialRange {
  readonly value: number;
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

type FactoryName = keyof typeof schedulers;

const call = (name: FactoryName, ...options: readonly unknown[]): Schedule =>
  (schedulers[name] as (...options: readonly unknown[]) => Schedule)(...options);

/** A schedule whose factory takes one object of options, all of them dials. */
const shape = (name: FactoryName, dials: Dials): Shape => ({ name, dials, make: (values) => call(name, values) });

/** A schedule whose factory takes something else: what it is called with. */
const shapeOf = (name: FactoryName, dials: Dials, options: (values: DialValues) => readonly unknown[]): Shape => ({
  name,
  dials,
  make: (values) => call(name, ...options(values)),
});

/** What those that wrap another schedule are shown around. */
const cosineOf = ({ from, steps }: DialValues): Schedule => schedulers.cosine({ from: Number(from), steps: Number(steps) });
const inner = { from: rate(0.2), steps: steps(200) };
const toZero = share(0, 0.1);

/** Every schedule that the package has, in the order in which they are shown. A new one is a line here. */
export const SHAPES: readonly Shape[] = [
  shapeOf('constant', { value: rate(0.2) }, ({ value }) => [value]),
  shape('linear', { from: rate(0.2), to: toZero, steps: steps(200) }),
  shape('cosine', { from: rate(0.2), to: toZero, steps: steps(200), hold: true }),
  shape('cosinePower', { from: rate(0.2), to: toZero, steps: steps(200), exponent: share(2, 5) }),
  shape('cosineWarmRestarts', { from: rate(0.2), to: toZero, steps: steps(40), stretch: count(2, 4), shrink: share(0.8) }),
  shape('snapshotCosine', { from: rate(0.2), steps: steps(200), cycles: count(4) }),
  shape('step', { from: rate(0.2), every: steps(60), factor: share(0.1) }),
  shapeOf('multiStep', { from: rate(0.2), first: steps(80), second: steps(150), factor: share(0.1) }, ({ first, second, ...options }) => [
    { ...options, milestones: [first, second] },
  ]),
  shapeOf(
    'piecewise',
    { before: rate(0.2), between: rate(0.03), after: rate(0.01), first: steps(80), second: steps(150) },
    ({ before, between, after, first, second }) => [{ boundaries: [first, second], values: [before, between, after] }],
  ),
  shape('exponential', { from: rate(0.2), factor: share(0.5), every: steps(40), staircase: false }),
  shape('naturalExp', { from: rate(0.2), rate: share(1, 5), every: steps(60), staircase: false }),
  shape('polynomial', { from: rate(0.2), to: toZero, steps: steps(200), power: share(2, 5), cycle: false }),
  shape('inverseSqrt', { from: rate(0.2), timescale: steps(20) }),
  shape('inverseTime', { from: rate(0.2), rate: share(1, 10), every: steps(20), staircase: false }),
  shape('noam', { dimension: count(64, 1024), warmup: steps(40), factor: share(1, 5) }),
  shape('rex', { from: rate(0.2), to: toZero, steps: steps(200) }),
  shape('tanh', { from: rate(0.2), to: toZero, steps: steps(200), upper: share(3, 6) }),
  shape('cyclic', { from: rate(0.02), to: rate(0.2), up: steps(30) }),
  shape('oneCycle', { peak: rate(0.2), steps: steps(240), rise: share(0.3), threePhase: false }),
  shape('oneCycleMomentum', { high: share(0.95), low: share(0.85), steps: steps(240), rise: share(0.3), threePhase: false }),
  shape('warmupStableDecay', { peak: rate(0.2), steps: steps(240), warmup: steps(20), decay: steps(80), to: toZero }),
  shapeOf('swaLearningRate', { before: rate(0.2), to: rate(0.05), start: steps(100), steps: steps(50) }, ({ before, ...options }) => [
    before,
    options,
  ]),
  shapeOf('kDecay', { ...inner, power: share(3, 6) }, (values) => [cosineOf(values), { steps: values['steps'], power: values['power'] }]),
  shapeOf('noisy', { ...inner, limit: share(0.3), seed: count(1, 100) }, ({ limit, seed, ...values }) => [
    cosineOf(values),
    { limit, seed },
  ]),
  shapeOf('restarts', { from: rate(0.2), steps: steps(60), stretch: count(1, 4), decay: share(0.7) }, ({ stretch, decay, ...values }) => [
    cosineOf(values),
    { steps: values['steps'], stretch, decay },
  ]),
  shapeOf('clamp', { ...inner, min: share(0.02, 0.1), max: rate(0.15) }, ({ min, max, ...values }) => [cosineOf(values), { min, max }]),
  shapeOf('scale', { ...inner, factor: share(0.5, 2) }, ({ factor, ...values }) => [cosineOf(values), factor]),
  shapeOf('sum', { ...inner, plus: share(0.02, 0.1) }, ({ plus, ...values }) => [[cosineOf(values), plus]]),
  shapeOf('product', { ...inner, every: steps(60), factor: share(0.5) }, ({ every, factor, ...values }) => [
    [cosineOf(values), schedulers.step({ from: 1, every: Number(every), factor: Number(factor) })],
  ]),
  shapeOf('perEpoch', { from: rate(0.2), epochs: count(8, 40), steps: steps(30), staircase: true }, ({ from, epochs, ...options }) => [
    cosineOf({ from: from ?? 0, steps: epochs ?? 1 }),
    options,
  ]),
];

/** The values that a shape is first shown with. */
export const usualValues = ({ dials }: Shape): DialValues =>
  Object.fromEntries(Object.entries(dials).map(([name, dial]) => [name, typeof dial === 'boolean' ? dial : dial.value]));

export const shapeNamed = (name: string): Shape | undefined => SHAPES.find((shape) => shape.name === name);
