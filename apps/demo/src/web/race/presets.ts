import { DEFAULT_RACE, placesOf, type RaceState } from './race-state.ts';
import { ruleNames, type Numbers, type Racer } from './rules.ts';

/** A picture of the lecture: a race, and what is to be seen in it. */
export interface Preset {
  readonly slide: number;
  readonly title: string;
  readonly lesson: string;
  readonly race: Partial<RaceState> & Pick<RaceState, 'surface' | 'racers'>;
}

const racer = (rule: string, numbers: Numbers = {}): Racer => ({ rule, numbers });
const sgd = (learningRate: number, numbers: Numbers = {}): Racer => racer('sgd', { learningRate, ...numbers });

/** The first bend of the ravine, where gradient and velocity point to different sides. */
const NEAR = { left: -4.6, right: 0.4, bottom: -2.3, top: 1.3 };

const PRESETS: readonly Preset[] = [
  {
    slide: 1,
    title: 'SGD zig-zags',
    lesson:
      'Across the valley the gradient is forty times what it is along. A rate near the limit jumps from side to side; a smaller one crawls along.',
    race: { surface: 'bowl', steps: 60, racers: [sgd(0.95), sgd(0.2)] },
  },
  {
    slide: 2,
    title: 'Saddle points',
    lesson: 'Near a saddle the gradient is almost nothing and plain SGD stays, while momentum and Adam leave it.',
    race: { surface: 'saddle', steps: 60, racers: [sgd(0.1), sgd(0.1, { momentum: 0.9 }), racer('adam')] },
  },
  {
    slide: 3,
    title: 'Noisy gradients',
    lesson: 'A minibatch shows a gradient with noise on it: the way wanders, and never comes to rest at a constant rate.',
    race: { surface: 'bowl', steps: 150, noise: 2, racers: [sgd(0.3), sgd(0.05)] },
  },
  {
    slide: 4,
    title: 'Momentum',
    lesson: 'A velocity gathers gradients, and friction slows it. What points along adds up, what alternates cancels.',
    race: { surface: 'bowl', steps: 100, racers: [sgd(0.1), sgd(0.1, { momentum: 0.9 }), sgd(0.1, { momentum: 0.99 })] },
  },
  {
    slide: 5,
    title: 'Velocity, gradient, step',
    lesson: 'The step that is taken is the old velocity, slowed by friction, and the gradient together. Step through it.',
    race: {
      surface: 'ravine',
      range: NEAR,
      steps: 60,
      racers: [sgd(0.05, { momentum: 0.9 })],
      arrows: ['gradient', 'velocity', 'step'],
      at: 5,
    },
  },
  {
    slide: 6,
    title: 'Nesterov momentum',
    lesson: 'Go along the velocity first, and take the gradient there.',
    race: {
      surface: 'ravine',
      range: NEAR,
      steps: 60,
      racers: [sgd(0.05, { momentum: 0.9 }), racer('nesterovLookAhead', { learningRate: 0.05, momentum: 0.9 })],
      arrows: ['gradient', 'velocity'],
      at: 5,
    },
  },
  {
    slide: 7,
    title: 'Nesterov overshoots less',
    lesson: 'It feels the valley flatten one step earlier, and swings less far past its floor.',
    race: {
      surface: 'ravine',
      steps: 80,
      racers: [sgd(0.05, { momentum: 0.9 }), racer('nesterovLookAhead', { learningRate: 0.05, momentum: 0.9 })],
    },
  },
  {
    slide: 8,
    title: "Nesterov's two forms",
    lesson: 'One keeps the weight, the other the looked-ahead point; the second is what code uses. They end in the same place.',
    race: {
      surface: 'bowl',
      steps: 80,
      racers: [racer('nesterovLookAhead', { learningRate: 0.05, momentum: 0.9 }), sgd(0.05, { momentum: 0.9, nesterov: true })],
    },
  },
  {
    slide: 9,
    title: 'AdaGrad',
    lesson: 'Divided by the root of all squared gradients so far, each weight has its own rate; over a long run the steps die out.',
    race: {
      surface: 'ravine',
      steps: 300,
      racers: [racer('adagrad', { learningRate: 0.3 }), racer('rmsprop', { learningRate: 0.03, decayRate: 0.9 })],
    },
  },
  {
    slide: 10,
    title: 'RMSProp',
    lesson: 'The sum of squares decays, so that old gradients are forgotten and the steps go on.',
    race: {
      surface: 'ravine',
      steps: 300,
      racers: [racer('rmsprop', { learningRate: 0.03, decayRate: 0.9 }), racer('rmsprop', { learningRate: 0.03, decayRate: 0.99 })],
    },
  },
  {
    slide: 11,
    title: 'The race',
    lesson: 'SGD, momentum, AdaGrad and RMSProp on one surface: AdaGrad is no slower at first and falls behind later.',
    race: {
      surface: 'ravine',
      steps: 200,
      racers: [
        sgd(0.05),
        sgd(0.05, { momentum: 0.9 }),
        racer('adagrad', { learningRate: 0.3 }),
        racer('rmsprop', { learningRate: 0.05, decayRate: 0.9 }),
      ],
    },
  },
  {
    slide: 12,
    title: 'Adam, almost',
    lesson: 'The first moment of momentum over the root of the second moment of RMSProp; beta1 and beta2 say how long each remembers.',
    race: {
      surface: 'ravine',
      steps: 150,
      racers: [sgd(0.05, { momentum: 0.9 }), racer('rmsprop', { decayRate: 0.99 }), racer('adam', { biasCorrection: false })],
    },
  },
  {
    slide: 13,
    title: 'Adam with bias correction',
    lesson: 'Both moments start at zero. Without the correction the first steps are far too large.',
    race: {
      surface: 'ravine',
      steps: 100,
      racers: [racer('adam', { learningRate: 0.1 }), racer('adam', { learningRate: 0.1, biasCorrection: false })],
    },
  },
  {
    slide: 14,
    title: 'The usual values',
    lesson:
      'Beta1 0.9, beta2 0.999 and a rate of 1e-3, 5e-4 or 1e-4: each step moves a weight by about the rate, whatever the size of its gradient.',
    race: {
      surface: 'bowl',
      range: { left: -0.9, right: 0.3, bottom: -0.3, top: 0.5 },
      start: [-0.7, 0.4],
      steps: 800,
      racers: [racer('adam', { learningRate: 1e-3 }), racer('adam', { learningRate: 5e-4 }), racer('adam', { learningRate: 1e-4 })],
    },
  },
  {
    slide: 19,
    title: 'First and second order',
    lesson: 'The gradient says which way is down, the curvature says how far to go.',
    race: { surface: 'ravine', steps: 40, racers: [sgd(0.2), racer('newton')] },
  },
  {
    slide: 20,
    title: 'The Newton step',
    lesson: 'On a quadratic the inverse Hessian leads to the minimum in one step, without a rate; it costs the memory of a matrix.',
    race: { surface: 'bowl', steps: 10, racers: [sgd(0.9), racer('newton')], arrows: ['gradient', 'step'], at: 1 },
  },
  {
    slide: 21,
    title: 'BFGS and L-BFGS',
    lesson: 'The inverse Hessian is approximated out of the gradients of the way; L-BFGS keeps only a short history of them.',
    race: { surface: 'rosenbrock', steps: 60, racers: [racer('adam', { learningRate: 0.2 }), racer('bfgs'), racer('lbfgs')] },
  },
];

/** The pictures whose optimizers the packages have. */
export function presets(): readonly Preset[] {
  const known = new Set(ruleNames());
  return PRESETS.filter(({ race }) => race.racers.every(({ rule }) => known.has(rule)));
}

/** The whole race of a preset. */
export const raceOf = ({ race }: Preset): RaceState => ({ ...DEFAULT_RACE, ...placesOf(race.surface), ...race });
