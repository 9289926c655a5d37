import { testLayer, type TestLayerOptions } from '@downhill/conformance';
import { layers } from '@tensorflow/tfjs-layers';
import {
  ActivityRegularization,
  AlphaDropout,
  ClassicDropout,
  DropBlock,
  DropConnect,
  Dropout,
  FractionalMaxPooling2D,
  GaussianDropout,
  GaussianNoise,
  registerLayers,
  ShakeShake,
  SpatialDropout,
  SpectralNormalization,
  StochasticDepth,
  WeightStandardization,
} from './layers.ts';

const MAPS = [6, 6, 4];
const conv = (): layers.Layer => layers.conv2d({ filters: 3, kernelSize: 2, kernelInitializer: 'heNormal' });

const every: Readonly<Record<string, readonly [make: () => layers.Layer, inputShape?: TestLayerOptions['inputShape']]>> = {
  ActivityRegularization: [() => new ActivityRegularization({ l1: 0.1, l2: 0.1 })],
  AlphaDropout: [() => new AlphaDropout({ rate: 0.4 })],
  ClassicDropout: [() => new ClassicDropout({ rate: 0.4 })],
  DropBlock: [() => new DropBlock({ rate: 0.3, blockSize: 2 })],
  DropConnect: [() => new DropConnect({ layer: conv(), rate: 0.4, maskBias: true })],
  Dropout: [() => new Dropout({ rate: 0.4, seed: 2 })],
  'Dropout with shared noise': [() => new Dropout({ rate: 0.4, noiseShape: [null, 1, 1, null] })],
  'FractionalMaxPooling2D over disjoint regions': [() => new FractionalMaxPooling2D({ ratio: 1.5 })],
  'FractionalMaxPooling2D over overlapping regions': [
    () => new FractionalMaxPooling2D({ ratio: [1.4, 1.2], regions: 'pseudorandom', overlapping: true }),
  ],
  GaussianDropout: [() => new GaussianDropout({ rate: 0.4 })],
  GaussianNoise: [() => new GaussianNoise({ standardDeviation: 0.5 })],
  ShakeShake: [() => new ShakeShake(), [MAPS, MAPS]],
  'ShakeShake of whole batches': [() => new ShakeShake({ perImage: false }), [MAPS, MAPS]],
  SpatialDropout: [() => new SpatialDropout({ rate: 0.4 })],
  SpectralNormalization: [() => new SpectralNormalization({ layer: conv() })],
  StochasticDepth: [() => new StochasticDepth({ rate: 0.4, mode: 'row' })],
  'StochasticDepth of shortcut and branch': [() => new StochasticDepth({ rate: 0.4 }), [MAPS, MAPS]],
  WeightStandardization: [() => new WeightStandardization({ layer: conv() })],
};
for (const [name, [make, inputShape = MAPS]] of Object.entries(every)) testLayer(name, make, { inputShape, register: registerLayers });
