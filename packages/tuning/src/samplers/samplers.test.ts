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
import { grid } from './grid.ts';
import { halton } from './halton.ts';
import { latinHypercube } from './latin-hypercube.ts';
import { random } from './random.ts';
import { sobol } from './sobol.ts';

const all = [
  grid({ points: 3 }),
  halton(),
  halton({ scramble: false }),
  latinHypercube({ trials: 7 }),
  random(),
  sobol(),
  sobol({ scramble: false }),
];
const seeded = [halton(), latinHypercube({ trials: 7 }), random(), sobol()];
const searched = space({
  optimizer: categorical(['sgd', 'adam']),
  rate: float(1e-5, 0.1, { log: true }),
  units: int(16, 128, { step: 16 }),
  batch: fixed(32),
  momentum: when({ optimizer: 'sgd' }, float(0, 0.99)),
});

describe.each(all)('$name, $config', (sampler) => {
  test('gives settings of the space, whatever the space', () => {
    fc.assert(
      fc.property(arbitrarySpace, fc.nat(), (space, seed) => {
        for (const settings of sampled(sampler, space, 12, seed)) checkSettings('sample', space, settings);
      }),
      { numRuns: 60 },
    );
  });

  test('gives the same settings when trials run in parallel, in whatever order they are sampled', () => {
    const oneByOne = sampled(sampler, searched, 6);
    const running = [0, 1, 2, 3, 4, 5].map(asked);
    expect(running.map(({ number }) => sampler.sample(studyOf(searched, running), number))).toEqual(oneByOne);
    const late = running.map((trial) => (trial.number < 4 ? trial : { ...trial, settings: oneByOne[trial.number]! }));
    expect(sampler.sample(studyOf(searched, late), 2)).toEqual(oneByOne[2]);
  });

  test('is not moved by repeats, by trials that go on, or by those that wait', () => {
    const [first, second, third] = sampled(sampler, searched, 3);
    const trials = [
      trialOf(0, { settings: first!, state: 'pruned' }),
      trialOf(1, { settings: first!, continues: 0 }),
      trialOf(2, { settings: first!, repeats: 0, repeat: 1 }),
      trialOf(3, { settings: second! }),
      trialOf(4, { state: 'waiting' }),
    ];
    const next = sampler.sample(studyOf(searched, [...trials, asked(5)]), sampler.name === 'random' ? 2 : 5);
    expect(next).toEqual(third);
  });
});

test.each(seeded)('$name gives other settings for another seed', (sampler) => {
  const rates = (seed: number) => sampled(sampler, searched, 10, seed).map((settings) => settings['rate']);
  expect(rates(1).some((rate) => rates(2).includes(rate))).toBe(false);
});

test.each([halton(), latinHypercube({ trials: 5 }), sobol()])(
  '$name gives the point to the next trial where one was enqueued',
  (sampler) => {
    const points = sampled(sampler, searched, 4);
    const enqueued = trialOf(1, { settings: { optimizer: 'adam', rate: 0.01, units: 16, batch: 32 } });
    const trials = [trialOf(0, { settings: points[0]! }), enqueued, asked(2), asked(3)];
    expect([2, 3].map((number) => sampler.sample(studyOf(searched, trials), number))).toEqual(points.slice(1, 3));
  },
);

test('a repeat is no point of a sequence, also where it has the settings of one that comes later', () => {
  const few = space({ kind: categorical(['a', 'b']) });
  const sampler = latinHypercube({ trials: 30 });
  const points = sampled(sampler, few, 30);
  const repeats = Array.from({ length: 20 }, (_, i) => trialOf(i + 1, { settings: points[0]!, repeats: 0, repeat: i + 1 }));
  const trials = [trialOf(0, { settings: points[0]! }), ...repeats];
  const next: unknown[] = [];
  for (let number = 21; number < 50; number += 1) {
    const settings = sampler.sample(studyOf(few, [...trials, asked(number)]), number)!;
    next.push(settings);
    trials.push(trialOf(number, { settings }));
  }
  expect(next).toEqual(points.slice(1));
});

describe('options', () => {
  test.each<[string, () => unknown, string]>([
    ['no number of trials', () => latinHypercube({} as never), 'latinHypercube: `trials` must be a whole number, at least 1'],
    ['half a trial', () => latinHypercube({ trials: 1.5 }), '`trials` must be a whole number, at least 1'],
    ['a seed, which is the study’s', () => sobol({ seed: 1 } as object), 'sobol: has no option `seed`'],
    ['a word for a switch', () => halton({ scramble: 'no' } as never), 'halton: `scramble` must be true or false, got "no"'],
  ])('%s is refused', (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(message) }));
  });

  test('sobol takes no space of more than 128 parameters, and does not count fixed ones', () => {
    const wide = (count: number) => space(Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, float(0, 1)])));
    expect(() => sobol().sample(studyOf(wide(129), [asked(0)]), 0)).toThrow(
      'got 129. Every parameter that is searched is one. Fix some of them',
    );
    const fixedOne = space({ ...wide(128).parameters, batch: fixed(1) });
    expect(sobol().sample(studyOf(fixedOne, [asked(0)]), 0)).toMatchObject({ batch: 1 });
  });
});
