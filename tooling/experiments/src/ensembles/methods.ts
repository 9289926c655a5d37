import type { Augmented } from '../fashion/augmented-source.ts';

/** One fine-tuning of a soup. */
export interface FineTuning {
  readonly learningRate: number;
  readonly labelSmoothing?: number;
  readonly augmented?: Augmented;
}

/** One way to a prediction: how networks are trained, and how what they say is made one. */
export type Method =
  | { readonly kind: 'single' }
  | { readonly kind: 'temperature' }
  /** Each picture as it is and turned over; in training too, or not. */
  | { readonly kind: 'flips'; readonly inTraining: boolean }
  | { readonly kind: 'EMA'; readonly decay: number }
  /** From a share of the epochs on, at a constant learning rate. */
  | { readonly kind: 'SWA'; readonly from: number; readonly learningRate: number }
  | { readonly kind: 'last epochs'; readonly last: number }
  | { readonly kind: 'snapshots'; readonly cycles: number; readonly learningRate: number }
  /** Each trained for a share of the budget. */
  | { readonly kind: 'deep ensemble'; readonly members: number; readonly share: number }
  | { readonly kind: 'bagging'; readonly members: number }
  /** A start for a share of the budget, then each fine-tuning for the rest of it. */
  | { readonly kind: 'greedy soup'; readonly start: number; readonly fineTunings: readonly FineTuning[] };

export type MethodOf<Kind extends Method['kind']> = Extract<Method, { readonly kind: Kind }>;

/** How many times one budget is trained for. */
export function trainingsOf(method: Method): number {
  switch (method.kind) {
    case 'deep ensemble':
      return method.members * method.share;
    case 'bagging':
      return method.members;
    case 'greedy soup':
      return method.start + (1 - method.start) * method.fineTunings.length;
    default:
      return 1;
  }
}

const FLIP_AND_CROP: Augmented = { kind: 'flip + crop', padding: 2 };

/** What is compared, by name. */
export const methods: Readonly<Record<string, Method>> = {
  single: { kind: 'single' },
  'temperature scaling': { kind: 'temperature' },
  'flips at test time': { kind: 'flips', inTraining: false },
  'flips in training too': { kind: 'flips', inTraining: true },
  EMA: { kind: 'EMA', decay: 0.998 },
  SWA: { kind: 'SWA', from: 0.75, learningRate: 0.01 },
  'last 3 epochs': { kind: 'last epochs', last: 3 },
  'snapshot ensemble': { kind: 'snapshots', cycles: 5, learningRate: 0.03 },
  '5 networks in one budget': { kind: 'deep ensemble', members: 5, share: 0.2 },
  'deep ensemble of 5': { kind: 'deep ensemble', members: 5, share: 1 },
  'bagging of 5': { kind: 'bagging', members: 5 },
  'greedy soup of 5': {
    kind: 'greedy soup',
    start: 0.5,
    fineTunings: [
      { learningRate: 0.02 },
      { learningRate: 0.02, labelSmoothing: 0.1 },
      { learningRate: 0.02, augmented: FLIP_AND_CROP },
      { learningRate: 0.02, augmented: FLIP_AND_CROP, labelSmoothing: 0.1 },
      { learningRate: 0.05, augmented: FLIP_AND_CROP },
    ],
  },
};
