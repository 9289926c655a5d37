import type { Names } from './names.ts';

/** What a kind of plugin needs, and where the main job takes it. */
export interface Kind {
  /** What it imports when it runs. */
  readonly dependencies: readonly string[];
  /** What whoever uses it has installed. */
  readonly peers: readonly string[];
  /** What only its tests import. */
  readonly tests: readonly string[];
  /** Options of `npm start` that train with it. */
  readonly trains: (names: Names) => string;
}

const CORE = '@downhill/core';
const TFJS = '@tensorflow/tfjs-core';
const LAYERS = '@tensorflow/tfjs-layers';
const BACKENDS = ['@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm'];

export type KindName = 'optimizer' | 'schedule' | 'layer' | 'augmentation' | 'sampler' | 'pruner';

export const KINDS: Readonly<Record<KindName, Kind>> = {
  optimizer: {
    dependencies: [CORE],
    peers: [],
    tests: ['@downhill/tfjs', TFJS, LAYERS, ...BACKENDS],
    trains: ({ camel }) => `--optimizer ${camel}`,
  },
  schedule: { dependencies: [CORE], peers: [], tests: [], trains: ({ camel }) => `--schedule ${camel}` },
  layer: {
    dependencies: [CORE],
    peers: [TFJS, LAYERS],
    tests: BACKENDS,
    trains: ({ pascal }) => `--layer ${pascal}`,
  },
  augmentation: {
    dependencies: [CORE],
    peers: [],
    tests: ['@downhill/augmentation', TFJS, LAYERS, ...BACKENDS],
    trains: ({ camel }) => `--augment ${camel}`,
  },
  sampler: {
    dependencies: [CORE, '@downhill/tuning'],
    peers: [],
    tests: [],
    trains: ({ camel }) => `--tune 6 --sampler ${camel}`,
  },
  pruner: { dependencies: [CORE], peers: [], tests: [], trains: ({ camel }) => `--tune 6 --pruner ${camel}` },
};

/** Words that others use. */
export const ALIASES: ReadonlyMap<string, KindName> = new Map([
  ['transform', 'optimizer'],
  ['scheduler', 'schedule'],
]);

export const KIND_NAMES: readonly KindName[] = Object.keys(KINDS) as KindName[];
