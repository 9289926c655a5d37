import type { FrozenTrial, Sampler, Settings, Space } from '@downhill/core';
import { expect } from 'vitest';
import { expectNoChance, expectNoFault, expectNothingWritten, expectSameFromJson, pluginChecks } from './plugin-checks.ts';
import { faultIn, reportsOf, someSettings, spaces, trialOf, viewOf } from './studies.ts';

/** What {@link testSampler} tests, by title; each throws where the sampler breaks the contract. */
export function samplerChecks(name: string, make: () => Sampler): Record<string, () => void> {
  const refused = make().cannotTake ?? [];
  const taken = Object.entries(spaces).filter(([kind]) => !(refused as readonly string[]).includes(kind));

  return {
    ...pluginChecks('sampler', name, make),

    'gives settings of the space, one trial after the other'() {
      for (const [kind, space] of taken)
        for (const settings of sampled(make(), space)) expectNoFault(`settings for the ${kind} space`, faultIn(space, settings));
    },

    'gives the same answer to the same view'() {
      for (const [, space] of taken) {
        const sampler = make();
        const first = sampled(sampler, space);
        expect(sampled(sampler, space), 'settings of the same sampler, asked again').toEqual(first);
        sampled(sampler, spaces.numbers, { seed: 9, count: 3 });
        expect(sampled(sampler, space), 'settings of the same sampler, asked for another study in between').toEqual(first);
        expect(sampled(make(), space), 'settings of another sampler of its kind').toEqual(first);
      }
    },

    'gives the same answer whatever was asked in between'() {
      for (const [, space] of taken) {
        const views = Array.from({ length: 6 }, (_, number) => viewOf([...past(space, number), trialOf(number)], { space }));
        const answers = (numbers: readonly number[]): unknown => {
          const sampler = make();
          return Object.fromEntries(numbers.map((number) => [number, sampler.sample(views[number] as never, number)]));
        };
        expect(answers([5, 4, 3, 2, 1, 0]), 'settings for views asked about from the last to the first').toEqual(
          answers([0, 1, 2, 3, 4, 5]),
        );
      }
    },

    'asks neither Math.random nor the clock'() {
      for (const [, space] of taken) expectNoChance(() => void sampled(make(), space));
    },

    'leaves the view alone'() {
      for (const [, space] of taken) expectNothingWritten('the view', () => void sampled(make(), space));
    },

    ...Object.fromEntries(
      Object.entries(histories).map(([what, history]) => [
        `bears ${what}`,
        () => {
          for (const [kind, space] of taken) {
            const trials = history(space);
            const settings = make().sample(viewOf([...trials, trialOf(trials.length)], { space }), trials.length);
            if (settings !== undefined) expectNoFault(`settings for the ${kind} space`, faultIn(space, settings));
          }
        },
      ]),
    ),

    'does for gains what it does for losses'() {
      for (const [, space] of taken)
        expect(sampled(make(), space, { gains: true }), 'settings where the values are negated and maximized').toEqual(
          sampled(make(), space),
        );
    },

    'writes itself as JSON that builds the same sampler'() {
      for (const [, space] of taken) expectSameFromJson(make, (sampler) => sampled(sampler, space));
    },
  };
}

interface SampledOptions {
  readonly count?: number;
  readonly seed?: number;
  /** Whether the values are gains: the losses with another sign. */
  readonly gains?: boolean;
}

/** The settings of trials one after the other, whose values depend on their settings; fewer where nothing is left to try. */
function sampled(sampler: Sampler, space: Space, { count = 16, seed = 1, gains = false }: SampledOptions = {}): readonly Settings[] {
  const trials: FrozenTrial[] = [];
  for (let number = 0; number < count; number += 1) {
    const view = viewOf([...trials, trialOf(number)], { space, seed, direction: gains ? 'maximize' : 'minimize' });
    const settings = sampler.sample(view, number);
    if (settings === undefined) break;
    const loss = lossOf(settings);
    trials.push(trialOf(number, { state: 'complete', settings, value: gains ? -loss : loss }));
  }
  return trials.map(({ settings }) => settings);
}

/** Some number of settings. */
const lossOf = (settings: Settings): number =>
  Object.values(settings).reduce<number>((sum, value, i) => sum + (typeof value === 'number' ? value : String(value).length) * (i + 1), 0);

/** Trials that are over, with settings of the space. */
const past = (space: Space, count = 12, more: (number: number) => Partial<FrozenTrial> = () => ({})): readonly FrozenTrial[] =>
  Array.from({ length: count }, (_, number) =>
    trialOf(number, { state: 'complete', settings: someSettings(space, number), value: number % 5, ...more(number) }),
  );

/** What may have happened before a trial is sampled; each with settings that the sampler did not choose. */
const histories: Readonly<Record<string, (space: Space) => readonly FrozenTrial[]>> = {
  'trials that it did not sample': (space) => past(space),
  'a study in which all trials have failed': (space) =>
    past(space, 12, () => ({ state: 'failed', value: undefined as never, error: 'the objective returned NaN' })),
  'trials that were pruned, with and without reports, NaN and infinity among them': (space) =>
    past(space, 12, (number) => ({
      state: 'pruned',
      value: undefined as never,
      reports: reportsOf([[], [1], [Number.NaN], [2, Number.NaN], [Infinity], [-Infinity, 3]][number % 6] as number[]),
    })),
  'values that are all the same': (space) => past(space, 12, () => ({ value: 1 })),
  'values of any size': (space) => past(space, 12, (number) => ({ value: [1e300, -1e300, 0, -0, 5e-324, 1][number % 6] as number })),
  'settings that are all the same': (space) => past(space, 12, () => ({ settings: someSettings(space, 0) })),
  'a single trial before': (space) => past(space, 1),
  'trials that run and wait beside it, with and without settings': (space) =>
    past(space, 12, (number) =>
      number % 3 === 0
        ? { state: 'running', value: undefined as never }
        : number % 3 === 1
          ? { state: 'waiting', settings: {}, value: undefined as never }
          : {},
    ),
  'repeats, and trials that go on from pruned ones': (space) =>
    past(space, 12, (number) =>
      number === 0
        ? { state: 'pruned', value: undefined as never, reports: reportsOf([1]) }
        : number === 1
          ? { settings: someSettings(space, 0), continues: 0, reports: reportsOf([1, 2]) }
          : number > 8
            ? { settings: someSettings(space, 2), repeats: 2, repeat: number - 8 }
            : {},
    ),
};
