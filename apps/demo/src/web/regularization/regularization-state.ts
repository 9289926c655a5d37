/** What may be dropped, by the names of the package's functions. */
export const DROPS = [
  'dropout',
  'classicDropout',
  'spatialDropout',
  'dropBlock',
  'dropConnect',
  'gaussianDropout',
  'gaussianNoise',
  'alphaDropout',
] as const;
export type Drop = (typeof DROPS)[number];

export const CONVENTIONS = ['huang2016', 'timm', 'torchvisionEfficientNet'] as const;
export type Convention = (typeof CONVENTIONS)[number];

export const REGIONS = ['pseudorandom', 'random', 'sampled'] as const;
export type Regions = (typeof REGIONS)[number];

export const LAYERS = ['first', 'second'] as const;
export type Layer = (typeof LAYERS)[number];

/** All that the view shows; what the address of the page holds. */
export interface RegularizationState {
  /** Of the picture, which all three parts are shown on or with. */
  readonly digit: number;
  readonly seed: number;
  /** Training steps before this one: another step, other draws. */
  readonly step: number;
  readonly drop: Drop;
  /** Whose activations are dropped, or whose weights. */
  readonly layer: Layer;
  /** The share that is dropped; of `gaussianNoise` the standard deviation. */
  readonly rate: number;
  /** Of `dropBlock`. */
  readonly block: number;
  /** Residual blocks of the deep network. */
  readonly blocks: number;
  /** The chance of the last one being kept. */
  readonly survival: number;
  readonly convention: Convention;
  /** Input by output of the pooling. */
  readonly ratio: number;
  readonly regions: Regions;
  readonly overlapping: boolean;
}

export const DEFAULT_STATE: RegularizationState = {
  digit: 7,
  seed: 1,
  step: 0,
  drop: 'dropout',
  layer: 'first',
  rate: 0.5,
  block: 3,
  blocks: 54,
  survival: 0.5,
  convention: 'huang2016',
  ratio: 1.7,
  regions: 'pseudorandom',
  overlapping: false,
};

/** What each number may be. */
export const RANGES = {
  digit: { min: 0, max: 9, whole: true },
  seed: { min: 0, max: 100, whole: true },
  step: { min: 0, max: 500, whole: true },
  rate: { min: 0, max: 0.95 },
  block: { min: 1, max: 7, whole: true },
  blocks: { min: 1, max: 110, whole: true },
  survival: { min: 0.05, max: 1 },
  ratio: { min: 1, max: 4 },
} as const;

/** Steps that the mean of dropped maps is taken over. */
export const MANY = 60;

/** Steps of stochastic depth that are shown below one another. */
export const STEPS_SHOWN = 24;
