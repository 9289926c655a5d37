import type { FrozenTrial, Sampler, Settings, Space } from '@downhill/core';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { arbitrarySpace } from '../../test/arbitrary-space.ts';
import { asked, sampled, studyOf, trialOf } from '../../test/sampled.ts';
import { categorical } from '../space/categorical.ts';
import { checkSettings } from '../space/check-settings.ts';
import { fixed } from '../space/fixed.ts';
import { float } from '../space/float.ts';
import { int } from '../space/int.ts';
import { space } from '../space/space.ts';
import { when } from '../space/when.ts';
import { random } from './random.ts';
import { tpe } from './tpe.ts';

const plane = space({ x: float(-5, 5), y: float(-5, 5) });
const bowl = ({ x, y }: Settings): number => (Number(x) - 2) ** 2 + (Number(y) + 1) ** 2;
const mixed = space({
  rate: float(1e-5, 1, { log: true }),
  layers: int(1, 8),
  batch: fixed(32),
  rule: categorical(['sgd', 'adam']),
  momentum: when({ rule: 'sgd' }, float(0, 0.95, { step: 0.05 })),
  decay: when({ rule: 'adam' }, int(1, 1000, { log: true })),
});
const loss = ({ rate, layers, rule, momentum, decay }: Settings): number =>
  (Math.log10(Number(rate)) + 3) ** 2 +
  0.1 * (Number(layers) - 4) ** 2 +
  (rule === 'sgd' ? 0.5 + (Number(momentum) - 0.9) ** 2 : (Math.log10(Number(decay)) - 2) ** 2);

/** The trials of a study in which one runs at a time. */
function searchedBy(sampler: Sampler, searched: Space, objective: (settings: Settings) => number, count: number, seed = 1): FrozenTrial[] {
  const trials: FrozenTrial[] = [];
  for (let number = 0; number < count; number += 1) {
    const settings = sampler.sample(studyOf(searched, [...trials, asked(number)], seed), number)!;
    trials.push(trialOf(number, { settings, value: objective(settings) }));
  }
  return trials;
}
const best = (trials: readonly FrozenTrial[]): number => Math.min(...trials.map(({ value }) => value!));
const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const next = (sampler: Sampler, searched: Space, trials: readonly FrozenTrial[]): Settings | undefined =>
  sampler.sample(studyOf(searched, [...trials, asked(trials.length)]), trials.length);
const seeds = [1, 2, 3, 4, 5, 6, 7];

describe.each([true, false])('tpe, multivariate %s', (multivariate) => {
  const sampler = tpe({ multivariate });

  test('gives settings of the space, whatever the space', () => {
    fc.assert(
      fc.property(arbitrarySpace, fc.nat(), (searched, seed) => {
        for (const settings of sampled(tpe({ multivariate, startupTrials: 2 }), searched, 6, seed))
          checkSettings('sample', searched, settings);
      }),
      { numRuns: 60 },
    );
  });

  test('gives settings of a range that is a few of the smallest numbers wide', () => {
    const tiny = space({ x: float(11 * Number.MIN_VALUE, 12 * Number.MIN_VALUE) });
    for (const settings of sampled(tpe({ multivariate, startupTrials: 2 }), tiny, 6, 0)) checkSettings('sample', tiny, settings);
  });

  test.each([
    ['a bowl', plane, bowl],
    ['a space of every kind of parameter', mixed, loss],
  ] as const)('comes closer than random search does in %s', (_, searched, objective) => {
    const found = (by: Sampler): number => median(seeds.map((seed) => best(searchedBy(by, searched, objective, 50, seed))));
    expect(found(sampler)).toBeLessThan(0.5 * found(random()));
  });

  test('is another for another seed', () => {
    const trials = (seed: number): readonly Settings[] => searchedBy(sampler, mixed, loss, 15, seed).map(({ settings }) => settings);
    expect(trials(4)[12]).not.toEqual(trials(3)[12]);
  });

  test('looks for the largest value where that is wanted', () => {
    const trials = searchedBy(sampler, plane, bowl, 20);
    const turned = trials.map((trial) => ({ ...trial, value: -trial.value! }));
    const study = { ...studyOf(plane, [...turned, asked(20)]), direction: 'maximize' as const };
    expect(sampler.sample(study, 20)).toEqual(next(sampler, plane, trials));
  });

  test('samples at random until it has seen enough trials with a result', () => {
    const trials = searchedBy(sampler, plane, bowl, 10);
    expect(trials.map(({ settings }) => settings)).toEqual(searchedBy(random(), plane, bowl, 10).map(({ settings }) => settings));
    const eleventh = random().sample(studyOf(plane, [...trials, asked(10)]), 10);
    expect(next(sampler, plane, trials)).not.toEqual(eleventh);
    const oneFailed = trials.map((trial) => (trial.number === 4 ? trialOf(4, { settings: trial.settings, state: 'failed' }) : trial));
    expect(next(sampler, plane, oneFailed)).toEqual(eleventh);
  });

  test('learns nothing from repeats, from failed trials, and from those of another space', () => {
    const trials = searchedBy(sampler, plane, bowl, 20);
    const further = [
      trialOf(20, { settings: { x: 0, y: 0 }, value: -100, repeats: 3, repeat: 1 }),
      trialOf(21, { settings: { x: 0, y: 0 }, state: 'failed' }),
    ];
    const sample = (all: readonly FrozenTrial[]): Settings | undefined => sampler.sample(studyOf(plane, [...all, asked(30)]), 30);
    expect(sample([...trials, ...further])).toEqual(sample(trials));
    const elsewhere = sample([...trials, trialOf(22, { settings: { x: 50, y: 50 }, value: 1e9 })]);
    expect(elsewhere).toEqual(sample([...trials, trialOf(22, { settings: { other: 1 }, value: 1e9 })]));
  });

  test('keeps away from trials that run, so that those in parallel differ', () => {
    const trials = searchedBy(sampler, plane, bowl, 30);
    const sample = (constantLiar: boolean, running: readonly FrozenTrial[]): Settings =>
      tpe({ multivariate, constantLiar }).sample(studyOf(plane, [...trials, ...running, asked(99)]), 99)!;
    const alone = sample(true, []);
    const crowd = Array.from({ length: 12 }, (_, i) => trialOf(30 + i, { state: 'running', settings: alone }));
    const distance = (a: Settings): number => Math.hypot(Number(a['x']) - Number(alone['x']), Number(a['y']) - Number(alone['y']));
    expect(distance(sample(true, crowd))).toBeGreaterThan(0.1);
    expect(sample(false, crowd)).toEqual(alone);
  });

  test('goes on where a good trial was pruned late, not where one was pruned early', () => {
    const trials = Array.from({ length: 20 }, (_, number) => {
      const late = number % 10 === 0;
      const place = late ? 4 + 0.02 * number : -4 + 0.2 * number;
      const reports = [{ step: late ? 9 : 1, value: late ? 5 : number === 7 ? Number.NaN : 0.1 }];
      return trialOf(number, { settings: { x: place, y: place }, state: 'pruned', reports });
    });
    const places = Array.from({ length: 9 }, (_, i) => Number(sampler.sample(studyOf(plane, [...trials, asked(20 + i)]), 20 + i)!['x']));
    expect(median(places)).toBeGreaterThan(2);
  });

  test('takes one value for what has no other, and choices that it never saw', () => {
    const narrow = space({
      x: float(1, 1),
      log: float(1e-9, 1e-9 * (1 + 2 ** -52), { log: true }),
      n: int(3, 3),
      kind: categorical(['a']),
      other: categorical(['b', 'c']),
    });
    expect(searchedBy(sampler, narrow, () => 0, 12).at(-1)?.settings).toMatchObject({ x: 1, log: 1e-9, n: 3, kind: 'a' });
  });
});

test('parameters that have to do with each other are learned together', () => {
  const ridge = ({ x, y }: Settings): number => 10 * (Number(x) - Number(y)) ** 2 + 0.1 * (Number(x) + Number(y) - 4) ** 2;
  const found = (by: Sampler): number => median(seeds.map((seed) => best(searchedBy(by, plane, ridge, 60, seed))));
  expect(found(tpe({ multivariate: true }))).toBeLessThan(found(tpe({ multivariate: false })));
});

test.each<[string, object, string]>([
  ['half a trial', { startupTrials: 0.5 }, 'tpe: `startupTrials` must be a whole number, at least 0, got 0.5'],
  ['no candidates', { candidates: 0 }, '`candidates` must be a whole number, at least 1, got 0'],
  ['another rule for good trials', { gamma: 0.1 }, "`gamma` must be one of 'linear', 'sqrt', got 0.1"],
  ['a prior without weight', { priorWeight: -1 }, 'tpe: `priorWeight` must be a finite number, above 0, got -1'],
  ['a word for a switch', { constantLiar: 'yes' }, '`constantLiar` must be true or false, got "yes"'],
  ['Optuna’s spelling', { startup_trials: 5 }, 'has no option `startup_trials`'],
])('refuses %s', (_, options, message) => {
  expect(() => tpe(options)).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
});
