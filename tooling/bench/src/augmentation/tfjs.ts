import * as tf from '@tensorflow/tfjs-core';
import { tfjsNotes, useBackend } from '../backend.ts';
import type { Contender } from '../measure/contender.ts';
import { SETTINGS, type AugmentationCase } from './cases.ts';
import { batchOf, labelsOf } from './images.ts';

/** The same chain made of tf.image and other operations of tfjs, the whole batch at a time where they allow it, a draw per image. */
export async function tfjsPipeline(augmentationCase: AugmentationCase): Promise<Contender> {
  await useBackend('wasm');
  const images = batchOf(augmentationCase);
  const labels = labelsOf(images);
  const run = augmentationCase.name === 'mixing' ? () => mixed(images, labels) : () => views(images, augmentationCase);
  return {
    step() {
      const result = tf.tidy(run);
      result.dataSync();
      result.dispose();
    },
    notes: tfjsNotes,
  };
}

const random = (low: number, high: number): number => low + (high - low) * Math.random();
const integer = (n: number): number => Math.floor(Math.random() * n);

function views(images: tf.Tensor4D, { name, size }: AugmentationCase): tf.Tensor4D {
  const shown = name === 'cifar' ? croppedBatch(images, size) : resizedBatch(images, size);
  const normalized = tf.div<tf.Tensor4D>(tf.sub(coloured(shown), tf.tensor1d([...SETTINGS.mean])), tf.tensor1d([...SETTINGS.deviation]));
  return tf.mul(normalized, name === 'cifar' ? cutoutMask(normalized) : erasingMask(normalized));
}

/** Boxes of padded images, those that are mirrored from right to left: one call of tf.image.cropAndResize. */
function croppedBatch(images: tf.Tensor4D, size: number): tf.Tensor4D {
  const [count] = images.shape;
  const { padding } = SETTINGS;
  const padded = tf.pad(images, [
    [0, 0],
    [padding, padding],
    [padding, padding],
    [0, 0],
  ]);
  const last = size + 2 * padding - 1;
  return boxesOf(padded, size, count, () => {
    const [top, left] = [integer(2 * padding + 1), integer(2 * padding + 1)];
    return [top / last, left / last, (top + size - 1) / last, (left + size - 1) / last];
  });
}

/** Boxes of random area and shape. */
function resizedBatch(images: tf.Tensor4D, size: number): tf.Tensor4D {
  const [count, height, width] = images.shape;
  return boxesOf(images, size, count, () => {
    for (;;) {
      const area = random(0.08, 1) * height * width;
      const shape = Math.exp(random(Math.log(3 / 4), Math.log(4 / 3)));
      const [w, h] = [Math.round(Math.sqrt(area * shape)), Math.round(Math.sqrt(area / shape))];
      if (w > width || h > height) continue;
      const [top, left] = [integer(height - h + 1), integer(width - w + 1)];
      return [top / (height - 1), left / (width - 1), (top + h - 1) / (height - 1), (left + w - 1) / (width - 1)];
    }
  });
}

function boxesOf(images: tf.Tensor4D, size: number, count: number, box: () => readonly [number, number, number, number]): tf.Tensor4D {
  const boxes = Array.from({ length: count }, () => {
    const [top, left, bottom, right] = box();
    return Math.random() < 0.5 ? [top, left, bottom, right] : [top, right, bottom, left];
  });
  return tf.image.cropAndResize(images, tf.tensor2d(boxes), tf.range(0, count, 1, 'int32'), [size, size]);
}

const GRAY = [0.2989, 0.587, 0.114];

/** Brightness, contrast, saturation and hue, the last as a turn in YIQ: tfjs has no HSV. */
function coloured(images: tf.Tensor4D): tf.Tensor4D {
  const [count] = images.shape;
  const factors = (spread: number): tf.Tensor4D =>
    tf.tensor4d(
      Array.from({ length: count }, () => random(1 - spread, 1 + spread)),
      [count, 1, 1, 1],
    );
  const gray = (of: tf.Tensor4D): tf.Tensor4D => tf.sum(tf.mul(of, tf.tensor1d(GRAY)), 3, true);
  const blend = (of: tf.Tensor4D, other: tf.Tensor, factor: tf.Tensor4D): tf.Tensor4D =>
    tf.clipByValue<tf.Tensor4D>(tf.add(tf.mul(of, factor), tf.mul(other, tf.sub(1, factor))), 0, 1);
  const bright = tf.clipByValue<tf.Tensor4D>(tf.mul(images, factors(SETTINGS.brightness)), 0, 1);
  const contrasted = blend(bright, tf.mean(gray(bright), [1, 2, 3], true), factors(SETTINGS.contrast));
  const saturated = blend(contrasted, gray(contrasted), factors(SETTINGS.saturation));
  return turnedHue(saturated);
}

const TO_YIQ = [
  [0.299, 0.587, 0.114],
  [0.596, -0.274, -0.322],
  [0.211, -0.523, 0.312],
];
const FROM_YIQ = [
  [1, 0.956, 0.621],
  [1, -0.272, -0.647],
  [1, -1.106, 1.703],
];

function turnedHue(images: tf.Tensor4D): tf.Tensor4D {
  const [count, height, width] = images.shape;
  const matrices = Array.from({ length: count }, () => {
    const angle = 2 * Math.PI * random(-SETTINGS.hue, SETTINGS.hue);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    const turn = [
      [1, 0, 0],
      [0, c, -s],
      [0, s, c],
    ];
    return transposed(product(product(FROM_YIQ, turn), TO_YIQ));
  });
  const turned = tf.matMul(tf.reshape(images, [count, height * width, 3]), tf.tensor3d(matrices));
  return tf.clipByValue(tf.reshape(turned, images.shape), 0, 1);
}

const product = (a: readonly (readonly number[])[], b: readonly (readonly number[])[]): number[][] =>
  a.map((row) => (b[0] ?? []).map((_, column) => row.reduce((sum, value, k) => sum + value * (b[k]?.[column] ?? 0), 0)));
const transposed = (a: readonly (readonly number[])[]): number[][] => (a[0] ?? []).map((_, column) => a.map((row) => row[column] ?? 0));

/** Zeros in a square around a drawn pixel, by comparing places. */
const cutoutMask = (images: tf.Tensor4D): tf.Tensor4D =>
  boxMask(images, (height, width) => {
    const [row, column, half] = [integer(height), integer(width), SETTINGS.cutout / 2];
    return [row - half, row + half, column - half, column + half];
  });

const erasingMask = (images: tf.Tensor4D): tf.Tensor4D =>
  boxMask(images, (height, width) => {
    if (Math.random() >= SETTINGS.erasing) return [0, 0, 0, 0];
    for (;;) {
      const area = random(0.02, 1 / 3) * height * width;
      const aspect = Math.exp(random(Math.log(0.3), Math.log(1 / 0.3)));
      const [h, w] = [Math.round(Math.sqrt(area * aspect)), Math.round(Math.sqrt(area / aspect))];
      if (h >= height || w >= width) continue;
      const [top, left] = [integer(height - h + 1), integer(width - w + 1)];
      return [top, top + h, left, left + w];
    }
  });

function boxMask(
  { shape: [count, height, width] }: tf.Tensor4D,
  box: (height: number, width: number) => readonly [top: number, bottom: number, left: number, right: number],
): tf.Tensor4D {
  const boxes = Array.from({ length: count }, () => box(height, width));
  const edge = (i: number): tf.Tensor4D =>
    tf.tensor4d(
      boxes.map((corners) => corners[i] ?? 0),
      [count, 1, 1, 1],
    );
  const rows = tf.reshape(tf.range(0, height), [1, height, 1, 1]);
  const columns = tf.reshape(tf.range(0, width), [1, 1, width, 1]);
  const down = tf.logicalAnd(tf.greaterEqual(rows, edge(0)), tf.less(rows, edge(1)));
  const across = tf.logicalAnd(tf.greaterEqual(columns, edge(2)), tf.less(columns, edge(3)));
  return tf.cast<tf.Tensor4D>(tf.logicalNot(tf.logicalAnd(down, across)), 'float32');
}

/** Mixup, then cutmix, with one share and one box for the batch. */
function mixed(images: tf.Tensor4D, labels: tf.Tensor1D): tf.Tensor4D {
  const [count, height, width] = images.shape;
  const order = (): tf.Tensor1D => tf.tensor1d([...tf.util.createShuffledIndices(count)], 'int32');
  const hot = tf.cast(tf.oneHot(labels, SETTINGS.classes), 'float32');
  const [lambda, partners] = [Math.random(), order()];
  const blend = (of: tf.Tensor, share: number, with_: tf.Tensor1D): tf.Tensor =>
    tf.add(tf.mul(of, share), tf.mul(tf.gather(of, with_), 1 - share));
  const [x, y] = [blend(images, lambda, partners), blend(hot, lambda, partners)];
  const cut = Math.sqrt(1 - Math.random());
  const [halfHeight, halfWidth] = [Math.floor((height * cut) / 2), Math.floor((width * cut) / 2)];
  const [row, column, others] = [integer(height), integer(width), order()];
  const inside = (value: number, most: number): number => Math.min(most, Math.max(0, value));
  const [top, bottom, left, right] = [
    inside(row - halfHeight, height),
    inside(row + halfHeight, height),
    inside(column - halfWidth, width),
    inside(column + halfWidth, width),
  ];
  const keep = tf.buffer([1, height, width, 1]);
  for (let i = 0; i < height * width; i++) {
    const [r, c] = [Math.floor(i / width), i % width];
    keep.set(r >= top && r < bottom && c >= left && c < right ? 0 : 1, 0, r, c, 0);
  }
  const kept = keep.toTensor();
  blend(y, 1 - ((bottom - top) * (right - left)) / (height * width), others);
  return tf.add(tf.mul(x, kept), tf.mul(tf.gather(x, others), tf.sub(1, kept)));
}
