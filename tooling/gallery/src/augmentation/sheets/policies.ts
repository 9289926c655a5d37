import { augMix, autoAugment, randAugment, trivialAugmentWide, type AugMixDraw, type PolicyDraw } from '@downhill/augmentation';
import type { Augmentation, Json } from '@downhill/core';
import { applied, drawn } from '../applied.ts';
import { isSame, type Picture } from '../picture.ts';
import type { Pictures } from '../pictures.ts';
import type { Cell, Exported, Row, Sheet } from '../sheet.ts';

const CELLS = 5;

export function policies({ photograph, card }: Pictures): Sheet {
  return {
    name: 'policies',
    title: 'Policies',
    rows: [
      samples('autoAugment', ["policy: 'imagenet'"], photograph, autoAugment(), 0),
      samples('autoAugment', ["policy: 'cifar10'"], photograph, autoAugment({ policy: 'cifar10' }), 100),
      samples('autoAugment', ["policy: 'svhn'"], photograph, autoAugment({ policy: 'svhn' }), 200),
      samples('randAugment', ['operations: 2', 'magnitude: 9'], photograph, randAugment(), 300),
      samples('randAugment', ['operations: 2', 'magnitude: 20'], card, randAugment({ magnitude: 20 }), 400),
      samples('trivialAugmentWide', [], photograph, trivialAugmentWide(), 500),
      samples('trivialAugmentWide', [], card, trivialAugmentWide(), 600),
      samples('augMix', ['severity: 3', 'own share and those of', 'the chains'], photograph, augMix(), 700),
      samples('augMix', ['severity: 10'], card, augMix({ severity: 10 }), 800),
    ],
  };
}

/** The first samples, from one on, for which a policy changes the picture, each beginning with another operation. */
function samples(of: Exported, notes: readonly string[], before: Picture, operation: Augmentation, first: number): Row {
  const cells: Cell[] = [];
  const seen = new Set<string | undefined>();
  for (let sample = first; cells.length < CELLS; sample++) {
    const draw = drawn(before, operation, sample);
    const after = applied(before, [operation], [draw]);
    const begins = stepsOf(draw)[0]?.operation;
    if (isSame(before, after) || seen.has(begins)) continue;
    seen.add(begins);
    cells.push({ caption: captionOf(draw), before, after, isSame: false, marks: [] });
  }
  return { of, notes, cells };
}

const isMixture = (draw: Json): draw is AugMixDraw => typeof draw === 'object' && draw !== null && 'chains' in draw;

const stepsOf = (draw: Json): readonly PolicyDraw[] =>
  isMixture(draw) ? draw.chains.flatMap(({ steps }) => steps) : [draw as PolicyDraw | readonly PolicyDraw[]].flat();

const WITHOUT_MAGNITUDE = new Set(['Identity', 'AutoContrast', 'Equalize', 'Invert']);

/** An operation a line, with its magnitude; of a mixture the shares. */
const captionOf = (draw: Json): readonly string[] =>
  isMixture(draw)
    ? [draw.own.toFixed(2), draw.chains.map(({ share }) => share.toFixed(2)).join(', ')]
    : stepsOf(draw).map(({ operation, magnitude }) =>
        WITHOUT_MAGNITUDE.has(operation) ? operation : `${operation} ${Number(magnitude.toFixed(2))}`,
      );
