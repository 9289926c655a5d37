import { checkNumber, pruner, register, type FrozenTrial, type Pruner, type StudyView } from '@downhill/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { prunerChecks } from './pruner-checks.ts';
import { testPruner } from './test-pruner.ts';

interface Behind {
  margin: number;
}

/** Ends a trial whose last report is behind the best result by more than a margin. */
function behind({ margin }: Behind): Pruner {
  checkNumber('behind', { margin }, { min: 0 });
  return pruner({ name: 'behind', config: { margin }, shouldPrune: (study, trial) => lag(study, trial) > margin });
}

/** How far a trial is behind the best that is complete; NaN where that is not known. */
function lag({ trials, direction }: StudyView, { reports }: FrozenTrial): number {
  const sign = direction === 'minimize' ? 1 : -1;
  const best = Math.min(...trials.flatMap(({ state, value }) => (state === 'complete' && value !== undefined ? [sign * value] : [])));
  return sign * (reports.at(-1)?.value ?? Number.NaN) - best;
}

testPruner('behind', () => behind({ margin: 0.5 }), { factories: { behind } });

/** Ends what is above a bound. */
function bound({ upper }: { upper: number }): Pruner {
  checkNumber('bound', { upper });
  return pruner({
    name: 'bound',
    config: { upper },
    ignoresDirection: true,
    shouldPrune: (_, { reports }) => (reports.at(-1)?.value ?? 0) > upper,
  });
}

testPruner('bound', () => bound({ upper: 1 }), { factories: { bound } });

type Faulty = (options?: Behind) => Pruner;

/** A pruner that is right but for its answers, or for what it promotes. */
const answering =
  (shouldPrune: Pruner['shouldPrune'], promote?: Pruner['promote']): Faulty =>
  () =>
    pruner({ name: 'broken', config: {}, shouldPrune, ...(promote === undefined ? {} : { promote }) });

let calls = 0;
const sources: readonly (readonly [fault: string, check: string, says: string | RegExp, broken: Faulty])[] = [
  ['an object that is not frozen', 'is a frozen pruner', 'frozen', () => ({ ...behind({ margin: 0 }), name: 'broken' })],
  ['an end before any report', 'ends no trial that has not reported', 'beside 0 others', answering(() => true)],
  [
    'an answer that is a number',
    'answers true or false',
    'reports of NaN',
    answering(((study: StudyView, trial: FrozenTrial) => lag(study, trial)) as never),
  ],
  [
    'steps taken for places in a list',
    'bears steps with gaps',
    'undefined',
    answering((_, { reports }) => reports.length > 0 && reports[reports.at(-1)!.step]!.value > 9),
  ],
  ['a count of the calls', 'gives the same answer', /asked again|another pruner|from the last/, answering(() => ++calls % 11 === 0)],
  ['chance', 'asks neither', 'calls of Math.random', answering(() => Math.random() < 0.1)],
  ['the clock', 'asks neither', 'calls of performance.now', answering(() => performance.now() % 2 < 1)],
  [
    'damage to the view in place',
    'leaves the view alone',
    'wrote into the view, which is not its own',
    answering(({ trials }) => {
      (trials as FrozenTrial[]).pop();
      return false;
    }),
  ],
  [
    'a trial that is complete, sent on',
    'lets only a pruned trial go on',
    'the state of trial 0',
    answering(
      () => false,
      () => 0,
    ),
  ],
  [
    'a trial sent on a second time',
    'bears steps with gaps',
    'whether trial 0, which it promotes, went on before',
    answering(
      () => false,
      ({ trials }) => trials.find(({ state }) => state === 'pruned')?.number,
    ),
  ],
  [
    'losses alone in mind',
    'does for gains what it does for losses',
    'negated and maximized',
    answering((study, trial) => lag({ ...study, direction: 'minimize' }, trial) > 0.5),
  ],
  [
    'the better half ended: a comparison from the wrong end',
    'ends no trial that is better',
    'worse by 1 than one that it ends',
    answering((study, trial) => lag(study, trial) < 0.5),
  ],
  [
    'a config that leaves an option out',
    'writes itself as JSON',
    "what 'broken' does, built from",
    (options) => answering((study, trial) => lag(study, trial) > (options?.margin ?? 9))(),
  ],
  [
    'a bad number that is taken in silence',
    'refuses a bad number',
    'broken with margin = NaN must throw a DownhillError',
    (options) => pruner({ ...behind({ margin: 0 }), name: 'broken', config: { margin: options?.margin ?? 0 } }),
  ],
];

// One name for all: what is registered under it is the factory that a test sets.
let factory: Faulty;
const standIn: Faulty = (options) => factory(options);

describe('testPruner finds', () => {
  beforeAll(() => register({ broken: standIn }));

  test.each(sources)('%s', (_, check, says, broken) => {
    factory = broken;
    const found = Object.entries(prunerChecks('broken', () => broken({ margin: 0.5 }))).find(([title]) => title.startsWith(check));
    expect(found?.[1], `a check '${check}'`).toThrow(says);
  });
});
