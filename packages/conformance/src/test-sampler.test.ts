import { checkNumber, register, sampler, type Choice, type Parameter, type Sampler, type Settings, type StudyView } from '@downhill/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { samplerChecks } from './sampler-checks.ts';
import { someSettings } from './studies.ts';
import { testSampler } from './test-sampler.ts';

interface Wandering {
  from: number;
}

/** Settings that depend on the trial's number alone. */
function wandering({ from }: Wandering): Sampler {
  checkNumber('wandering', { from }, { min: 0, integer: true });
  return sampler({ name: 'wandering', config: { from }, sample: ({ space }, number) => someSettings(space, from + number) });
}

testSampler('wandering', () => wandering({ from: 3 }), { factories: { wandering } });

/** A sampler of numbers, which says so. */
function centred(): Sampler {
  const middle = (parameter: Parameter): Choice => {
    if (parameter.kind === 'categorical') throw new Error('takes no choices');
    if (parameter.kind === 'fixed') return parameter.value;
    return parameter.kind === 'int' ? parameter.low : (parameter.low + parameter.high) / 2;
  };
  return sampler({
    name: 'centred',
    config: {},
    cannotTake: ['categorical', 'conditional'],
    sample: ({ space }) => Object.fromEntries(Object.entries(space.parameters).map(([name, parameter]) => [name, middle(parameter)])),
  });
}

testSampler('centred', centred, { factories: { centred } });

type Sample = Sampler['sample'];
type Faulty = (options?: Wandering) => Sampler;

/** A sampler that is right but for the way it samples. */
const sampling =
  (sample: Sample): Faulty =>
  () =>
    sampler({ name: 'broken', config: {}, sample });

const withOne = ({ space }: StudyView, number: number, name: string, value: Choice | undefined): Settings =>
  Object.fromEntries(
    Object.entries({ ...someSettings(space, number), ...(name in space.parameters ? { [name]: value } : {}) }).filter(
      (entry): entry is [string, Choice] => entry[1] !== undefined,
    ),
  );

const bestOf = ({ trials, direction }: StudyView): number =>
  Math.max(0, ...trials.flatMap(({ value }) => (value === undefined ? [] : [direction === 'minimize' ? -value : value])));

let calls = 0;
const sources: readonly (readonly [fault: string, check: string, says: string | RegExp, broken: Faulty])[] = [
  ['an object that is not frozen', 'is a frozen sampler', 'frozen', () => ({ ...wandering({ from: 0 }), name: 'broken' })],
  ['another name than the factory’s', 'is a frozen sampler', 'its name', () => wandering({ from: 0 })],
  [
    'a value beyond its range',
    'gives settings of the space',
    "settings for the numbers space: 'units' is 80, which is no value of",
    sampling((study, number) => withOne(study, number, 'units', 80)),
  ],
  [
    'a setting that is left out',
    'gives settings of the space',
    "it leaves 'rate' out",
    sampling((study, number) => withOne(study, number, 'rate', undefined)),
  ],
  [
    'a setting whose condition is not met',
    'gives settings of the space',
    "it sets 'momentum', whose condition",
    sampling((study, number) => withOne(study, number, 'momentum', 0.5)),
  ],
  [
    'a setting of its own',
    'gives settings of the space',
    "it sets 'seed', which is no parameter",
    sampling(({ space }, number) => ({ ...someSettings(space, number), seed: 1 })),
  ],
  ['a count of the calls', 'gives the same answer to the same view', 'asked again', sampling(({ space }) => someSettings(space, ++calls))],
  [
    'memory of the views that it saw',
    'gives the same answer whatever was asked in between',
    'from the last to the first',
    () => {
      let most = 0;
      return sampling(({ space }, number) => someSettings(space, (most = Math.max(most, number))))();
    },
  ],
  [
    'chance',
    'asks neither Math.random nor the clock',
    'calls of Math.random',
    sampling(({ space }) => someSettings(space, Math.floor(9 * Math.random()))),
  ],
  [
    'the clock',
    'asks neither Math.random nor the clock',
    'calls of Date.now',
    sampling(({ space }) => someSettings(space, Date.now() % 9)),
  ],
  [
    'damage to the view in place',
    'leaves the view alone',
    'wrote into the view, which is not its own',
    sampling(({ space, trials }, number) => {
      (trials as unknown[]).sort();
      return someSettings(space, number);
    }),
  ],
  [
    'trials that failed, taken for complete ones',
    'bears a study in which all trials have failed',
    'toFixed',
    sampling(({ space, trials }, number) => someSettings(space, number + trials.slice(0, -1).map(({ value }) => value!.toFixed(1)).length)),
  ],
  [
    'NaN that becomes a setting',
    'bears trials that were pruned, with and without reports, NaN and infinity among them',
    "'rate' is null",
    sampling((study, number) => {
      const seen = study.trials.flatMap(({ reports }) => reports.map(({ value }) => value));
      return withOne(study, number, 'rate', Math.min(0.05, ...seen.map((value) => 1 + value ** 2)));
    }),
  ],
  [
    'the largest value taken for the best',
    'does for gains what it does for losses',
    'negated and maximized',
    sampling((study, number) => someSettings(study.space, number + Math.round(bestOf({ ...study, direction: 'maximize' })))),
  ],
  [
    'a config that leaves an option out',
    'writes itself as JSON',
    "what 'broken' does, built from",
    (options) => sampling(({ space }, number) => someSettings(space, number + (options?.from ?? 9)))(),
  ],
  [
    'a bad number that is taken in silence',
    'refuses a bad number',
    'broken with from = NaN must throw a DownhillError',
    (options) => sampler({ ...wandering({ from: 0 }), name: 'broken', config: { from: options?.from ?? 0 } }),
  ],
];

// One name for all: what is registered under it is the factory that a test sets.
let factory: Faulty;
const standIn: Faulty = (options) => factory(options);

describe('testSampler finds', () => {
  beforeAll(() => register({ broken: standIn }));

  test.each(sources)('%s', (_, check, says, broken) => {
    factory = broken;
    const found = Object.entries(samplerChecks('broken', () => broken({ from: 5 }))).find(([title]) => title.startsWith(check));
    expect(found?.[1], `a check '${check}'`).toThrow(says);
  });
});
