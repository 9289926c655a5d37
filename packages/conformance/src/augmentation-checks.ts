import {
  isDownhillError,
  randomStream,
  show,
  streamKey,
  type Augmentation,
  type Draws,
  type Effect,
  type ImageSize,
  type Json,
} from '@downhill/core';
import { expect } from 'vitest';
import { effectFault, notFinite, sizeAfter } from './effect-fault.ts';
import { expectNoChance, expectNoFault, expectNothingWritten, expectSameFromJson, frozen, pluginChecks } from './plugin-checks.ts';
import { thrownBy } from './thrown-by.ts';

const SAMPLES = 12;

/** What {@link testAugmentation} tests of an operation by itself, by title; each throws where it breaks the contract. */
export function augmentationChecks(name: string, make: () => Augmentation, image: ImageSize): Record<string, () => void> {
  const sizes = [
    image,
    { ...image, height: image.height + 3, width: image.width - 1 },
    { ...image, channels: 1 },
    { ...image, channels: 4 },
  ];
  const drawn = (operation: Augmentation, size: ImageSize): readonly Json[] =>
    Array.from({ length: SAMPLES }, (_, sample) => operation.draw(drawsOf(sample), size));
  const effects = (operation: Augmentation): readonly (readonly Effect[])[] =>
    taken(operation, sizes).flatMap((size) => drawn(operation, size).map((draw) => operation.apply(draw, size)));

  return {
    ...pluginChecks('augmentation', name, make),

    'draws plain JSON'() {
      const operation = make();
      for (const size of taken(operation, sizes))
        for (const draw of drawn(operation, size))
          expect(unsigned(JSON.parse(JSON.stringify(draw))), `the draw ${show(draw)} after it was written and read`).toEqual(
            unsigned(draw),
          );
    },

    'draws the same from the same numbers, and nothing from elsewhere'() {
      const operation = make();
      const first = drawn(operation, image);
      expect(drawn(operation, image), 'draws of the same operation, asked again').toEqual(first);
      expect(drawn(make(), image), 'draws of another of its kind').toEqual(first);
      const backwards = Array.from({ length: SAMPLES }, (_, i) => operation.draw(drawsOf(SAMPLES - 1 - i), image)).toReversed();
      expect(backwards, 'draws from the last sample to the first').toEqual(first);
      expectNoChance(() => void effects(make()));
    },

    'does what the draw says, and nothing else'() {
      const operation = make();
      const draws = drawn(operation, image);
      const first = draws.map((draw) => operation.apply(draw, image));
      const again = draws.toReversed().map((draw) => operation.apply(JSON.parse(JSON.stringify(draw)) as Json, image));
      expect(unsigned(again.toReversed()), 'effects of the same draws as JSON, from the last to the first').toEqual(unsigned(first));
      expect(
        draws.map((draw) => make().apply(draw, image)),
        'effects of another of its kind',
      ).toEqual(first);
    },

    'leaves the draw and the image’s size alone'() {
      const operation = make();
      const size = frozen({ ...image });
      expectNothingWritten('the draw or the size', () => {
        for (const draw of drawn(operation, size)) operation.apply(frozen(draw), size);
      });
    },

    'has effects that can be applied, and that labels can follow'() {
      const operation = make();
      for (const before of taken(operation, sizes))
        for (const draw of drawn(operation, before)) {
          let size: ImageSize = before;
          for (const effect of operation.apply(draw, before)) {
            expectNoFault(`the effect of the draw ${show(draw)}`, notFinite(effect) ?? effectFault(effect, size));
            size = sizeAfter(size, effect);
          }
        }
    },

    'takes its own draws, and refuses damaged ones'() {
      const operation = make();
      for (const draw of drawn(operation, image)) {
        operation.check(JSON.parse(JSON.stringify(draw)) as Json, image);
        for (const { damaged, what } of damages(draw)) {
          const error = thrownBy(() => operation.check(damaged, image));
          if (!isDownhillError(error) || error.code !== 'invalid-argument')
            expect.fail(
              `${name} must refuse a draw whose ${what}, as \`check\` of its definition, with a DownhillError 'invalid-argument'; got ${String(error)}`,
            );
          expect(error.message, 'who speaks').toContain(` ${name}: `);
        }
      }
    },

    'writes itself as JSON that builds the same operation'() {
      expectSameFromJson(make, (operation) => unsigned(effects(operation)));
    },
  };
}

/** The sizes that an operation takes: of other channels it may say that it takes none. */
const taken = (operation: Augmentation, sizes: readonly ImageSize[]): readonly ImageSize[] =>
  sizes.filter((size, i) => {
    const error = i < 2 ? undefined : thrownBy(() => operation.apply(operation.draw(drawsOf(0), size), size));
    return !(isDownhillError(error) && error.message.includes('channels'));
  });

/** The same with 0 for −0, which JSON does not know. */
function unsigned(value: unknown): unknown {
  if (typeof value === 'number') return value === 0 ? 0 : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value) || ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<unknown>, unsigned);
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, unsigned(item)]));
}

/** Numbers of one sample’s own stream, one after the other. */
function drawsOf(sample: number): Draws {
  const numbers = randomStream(streamKey(2, 'conformance', sample));
  let next = 0;
  return {
    uniform: (low, high) => low + (high - low) * numbers.uniformAt(next++),
    normal: () => numbers.normalAt(next++),
    integer: (n) => numbers.integerBelow(next++, n),
    bernoulli: (probability) => numbers.bernoulliAt(next++, probability),
  };
}

interface Damage {
  readonly damaged: Json;
  readonly what: string;
}

/** Copies of a draw with one of its first numbers or words replaced by what is none. */
function damages(draw: Json): readonly Damage[] {
  return places(draw)
    .slice(0, 6)
    .flatMap(({ path, value }) =>
      (typeof value === 'number' ? [Number.NaN, null, '0.5'] : [7]).map((bad) => ({
        damaged: replaced(draw, path, bad),
        what: `${path.length === 0 ? 'value' : path.join('.')} is ${show(bad)} in place of ${show(value)}`,
      })),
    );
}

interface Place {
  readonly path: readonly (string | number)[];
  readonly value: number | string | boolean;
}

function places(draw: Json | undefined, path: readonly (string | number)[] = []): readonly Place[] {
  if (typeof draw === 'number' || typeof draw === 'string' || typeof draw === 'boolean') return [{ path, value: draw }];
  if (typeof draw !== 'object' || draw === null) return [];
  return Array.isArray(draw)
    ? draw.flatMap((item: Json, i) => places(item, [...path, i]))
    : Object.entries(draw).flatMap(([key, item]) => places(item, [...path, key]));
}

function replaced(draw: Json, [key, ...rest]: readonly (string | number)[], value: Json): Json {
  if (key === undefined) return value;
  if (Array.isArray(draw)) return draw.map((item: Json, i) => (i === key ? replaced(item, rest, value) : item));
  const object = draw as Readonly<Record<string, Json>>;
  return { ...object, [key]: replaced(object[key] ?? null, rest, value) };
}
