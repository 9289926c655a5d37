/** What a kind of plugin needs, and where the main job takes it. */
export interface Kind {
  /** The word in the template's names: `my-optimizer`, `myOptimizer`, `MyOptimizer`. */
  readonly word: string;
  /** What it imports when it runs. */
  readonly dependencies: readonly string[];
  /** What whoever uses it has installed. */
  readonly peers: readonly string[];
  /** What only its tests import. */
  readonly tests: readonly string[];
  /** Options of `npm start` that train with it. @param name The factory's. */
  readonly trains: (name: string) => string;
}

const CORE = '@downhill/core';
const TFJS = '@tensorflow/tfjs-core';
const LAYERS = '@tensorflow/tfjs-layers';
const BACKENDS = ['@tensorflow/tfjs-backend-cpu', '@tensorflow/tfjs-backend-wasm'];

export type KindName = 'optimizer' | 'schedule';

export const KINDS: Readonly<Record<KindName, Kind>> = {
  optimizer: {
    word: 'optimizer',
    dependencies: [CORE],
    peers: [],
    tests: ['@downhill/tfjs', TFJS, LAYERS, ...BACKENDS],
    trains: (name) => `--optimizer ${name}`,
  },
  schedule: { word: 'schedule', dependencies: [CORE], peers: [], tests: [], trains: (name) => `--schedule ${name}` },
};

export const KIND_NAMES: readonly KindName[] = Object.keys(KINDS) as KindName[];
