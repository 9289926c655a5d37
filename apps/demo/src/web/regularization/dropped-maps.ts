import { streamKey } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import type { Pixels } from '../charts/pixels.ts';
import type { Change, DigitsNet } from './digits-net.ts';
import { DROPPING, isOnWeights } from './drops.ts';
import { activationColour, factorColour, mosaic } from './maps-pixels.ts';
import type { DroppedMaps } from './regularization-protocol.ts';
import { LAYERS, MANY, type RegularizationState } from './regularization-state.ts';

/** What a draw does to a layer's maps and to the answer, beside what many draws do on average. */
export function* droppedMaps(
  net: DigitsNet,
  image: tf.Tensor4D,
  state: Pick<RegularizationState, 'drop' | 'layer' | 'rate' | 'block' | 'seed' | 'step'>,
): Generator<void, DroppedMaps> {
  const { drop, seed, step } = state;
  const layer = LAYERS.indexOf(state.layer);
  const dropAt = (x: tf.Tensor4D, training: number): tf.Tensor4D => DROPPING[drop](x, state, streamKey(seed, drop, layer, training));
  const changeAt = (training: number): Change => {
    const only = (x: tf.Tensor4D, i: number): tf.Tensor4D => (i === layer ? dropAt(x, training) : x);
    return isOnWeights(drop) ? { kernel: only } : { activations: only };
  };
  const read = (change: Change): Seen => {
    const { activations, chances } = net.pass(image, change);
    const maps = activations[layer];
    const seen = { values: Float32Array.from(maps?.dataSync() ?? []), shape: maps?.shape ?? NOTHING, chances: [...chances.dataSync()] };
    tf.dispose([...activations, chances]);
    return seen;
  };

  const before = read({});
  const after = read(changeAt(step));
  const sums = { values: new Float64Array(before.values.length), chances: new Float64Array(before.chances.length) };
  for (let training = 0; training < MANY; training += 1) {
    const { values, chances } = read(changeAt(training));
    for (const [i, value] of values.entries()) sums.values[i] = (sums.values[i] ?? 0) + value / MANY;
    for (const [i, value] of chances.entries()) sums.chances[i] = (sums.chances[i] ?? 0) + value / MANY;
    yield;
  }

  const ones = tf.ones<tf.Rank.R4>(isOnWeights(drop) ? (net.kernels[layer]?.shape ?? NOTHING) : before.shape);
  const drawn = dropAt(ones, step);
  const factors = drawn.dataSync();
  const draw = isOnWeights(drop) ? filterFactors(drawn) : mapsPixels(factors, before.shape, factorColour);
  tf.dispose([ones, drawn]);
  const colour = activationColour(before.values.reduce((most, value) => Math.max(most, value), 0));
  return {
    before: mapsPixels(before.values, before.shape, colour),
    draw,
    after: mapsPixels(after.values, before.shape, colour),
    mean: mapsPixels(sums.values, before.shape, colour),
    means: { before: mean(before.values), after: mean(after.values), mean: mean(sums.values) },
    dropped: share(factors, (factor) => factor <= 0),
    zeros: { before: share(before.values, (value) => value === 0), after: share(after.values, (value) => value === 0) },
    chances: { before: before.chances, after: after.chances, mean: [...sums.chances] },
  };
}

const NOTHING: tf.Tensor4D['shape'] = [0, 0, 0, 0];

/** What is read of a pass. */
interface Seen {
  readonly values: Float32Array;
  readonly shape: tf.Tensor4D['shape'];
  readonly chances: readonly number[];
}

const mapsPixels = (
  values: ArrayLike<number>,
  [, height = 0, width = 0, count = 0]: readonly number[],
  colourOf: Parameters<typeof mosaic>[1],
): Pixels => mosaic({ values, height, width, count }, colourOf);

/** The factors of filters `[side, side, inputs, filters]`, those of each filter's inputs side by side. */
function filterFactors(factors: tf.Tensor4D): Pixels {
  const [height, width, inputs, count] = factors.shape;
  return mosaic({ values: factors.dataSync(), height, width: width * inputs, count }, factorColour);
}

const mean = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value, 0) / values.length;
const share = (values: ArrayLike<number>, is: (value: number) => boolean): number => Array.from(values).filter(is).length / values.length;
