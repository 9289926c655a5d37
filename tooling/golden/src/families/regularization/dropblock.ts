import { blockMask, dropBlock, dropBlockGamma } from '@downhill/regularization';
import { cast, sum, tidy } from '@tensorflow/tfjs-core';
import { replayOf, type Replay } from '../../cases/case-family.ts';
import { tensorOf, type TensorData } from '../../cases/tensor-data.ts';
import { executionOn } from './execution.ts';

interface DropBlockCase {
  readonly config: { readonly rate: number; readonly blockSize: number; readonly gamma: number; readonly scale: number };
  readonly input: { readonly x: TensorData; readonly seedMask: TensorData };
  readonly expected: { readonly keepMask: TensorData; readonly y: TensorData };
}

export const dropblockFile: Replay = replayOf<DropBlockCase>(({ config, input, expected }, compare, backend) => {
  const { rate, blockSize } = config;
  tidy(() => {
    const [x, seedMask] = [tensorOf(input.x), tensorOf(input.seedMask)];
    const [, height = 0, width = 0] = x.shape;
    const mask = blockMask(cast(seedMask, 'float32'), blockSize);
    compare.absolute('keepMask', mask, expected.keepMask, 0);
    compare.relative('gamma', dropBlockGamma({ rate, blockSize, height, width }), config.gamma, 1e-6);
    compare.relative('scale', x.size / (1e-6 + (sum(mask).dataSync()[0] ?? 0)), config.scale, 1e-6);
    compare.relative('y', dropBlock(x, { rate, blockSize, seedMask, execution: executionOn(backend) }), expected.y, 1e-5);
  });
});
