import { readFileSync } from 'node:fs';
import {
  augmentation,
  chain,
  checkOneOf,
  mul,
  pruner,
  sampler,
  schedule,
  transform,
  type Augmentation,
  type Pruner,
  type Sampler,
  type Schedule,
  type Transform,
} from '@downhill/core';
import '@tensorflow/tfjs-backend-cpu';
import { layers } from '@tensorflow/tfjs-layers';
import { expect, test } from 'vitest';
import { augmentationChecks } from './augmentation-checks.ts';
import { imageChecks } from './image-checks.ts';
import { testAugmentation, testLayer, testPruner, testSampler, testSchedule, testTransform } from './index.ts';
import { layerChecks } from './layer-checks.ts';
import { modelChecks } from './model-checks.ts';
import { problemChecks } from './problem-checks.ts';
import { prunerChecks } from './pruner-checks.ts';
import { samplerChecks } from './sampler-checks.ts';
import { scheduleChecks } from './test-schedule.ts';
import { transformChecks } from './transform-checks.ts';

// The README’s examples, to the letter (the imports and this line aside):
const half = (): Transform => transform({ name: 'half', config: {}, update: (g) => mul(g, 0.5) });
const falling = (): Schedule => schedule({ name: 'falling', config: {}, at: (step) => 1 / (1 + step) });

testTransform('half', half, { factories: { half } });
testTransform('chain', () => chain(half(), half()), { factories: { half } });
testSchedule('falling', falling, { factories: { falling } });

testLayer('dense', () => layers.dense({ units: 4 }), { inputShape: [3] });

const negative = (): Augmentation =>
  augmentation({
    name: 'negative',
    config: {},
    draw: (draws) => (draws.bernoulli(0.5) ? 'on' : 'off'),
    apply: (draw) => (draw === 'on' ? [{ kind: 'pointwise', name: 'solarize', threshold: 0 }] : []),
    check: (draw) => checkOneOf('negative', 'draw', draw, ['on', 'off']),
  });

testAugmentation('negative', negative, { factories: { negative } });

const again = (): Sampler =>
  sampler({ name: 'again', config: {}, sample: ({ trials }) => trials.find(({ state }) => state === 'complete')?.settings });

testSampler('again', again, { factories: { again } });

const short = (): Pruner =>
  pruner({ name: 'short', config: {}, shouldPrune: (_, { reports }) => reports.length > 3, ignoresDirection: true });

testPruner('short', short, { factories: { short } });

const readme = readFileSync(`${import.meta.dirname}/../README.md`, 'utf8');

test('the README’s examples are what runs here', () => {
  const examples = [...readme.matchAll(/```ts\n([^`]*)```/g)].map(([, example = '']) => example);
  const own = readFileSync(import.meta.filename, 'utf8');
  const lines = examples.flatMap((example) => example.split('\n').filter((line) => line !== '' && !line.startsWith('import ')));
  expect(examples).toHaveLength(5);
  expect(lines.filter((line) => !own.includes(`\n${line}\n`))).toEqual([]);
});

test('the README lists every check', () => {
  const listed = readme.replaceAll('`', '').replaceAll("'", '’');
  const image = { height: 4, width: 4, channels: 3 };
  const sections = {
    testTransform: {
      ...transformChecks('half', half, { backend: 'cpu', execution: 'fused' }),
      ...problemChecks('half', half, {}),
      ...modelChecks(half),
    },
    testSchedule: scheduleChecks('falling', falling),
    testLayer: layerChecks(() => layers.dense({ units: 4 }), { inputShape: [3] }),
    testAugmentation: { ...augmentationChecks('negative', negative, image), ...imageChecks(negative, () => ({}) as never, image) },
    testSampler: samplerChecks('again', again),
    testPruner: { ...prunerChecks('short', () => pruner({ ...short(), ignoresDirection: false })) },
  };
  const missing = Object.entries(sections).flatMap(([kind, checks]) => {
    const section = listed.slice(listed.indexOf(`## ${kind}\n`)).split('\n## ')[0] ?? '';
    // What all kinds have in common, and all of a schedule, is said in one sentence.
    const common = /^(is a frozen|writes itself as JSON|refuses a bad number|is finite at every|gives the same values)/;
    const beginning = (title: string): string =>
      title.split(/, and nothing is| in training,|, also| with gradients| with huge| with tiny/)[0] ?? '';
    return Object.keys(checks).filter((title) => !common.test(title) && !section.includes(beginning(title)));
  });
  expect(missing).toEqual(['keeps the state of two of it in a chain apart, also after saving and loading']); // 'also twice in a chain'
});
