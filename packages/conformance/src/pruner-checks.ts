import { randomStream, streamKey, type Direction, type FrozenTrial, type Pruner, type StudyView } from '@downhill/core';
import { expect } from 'vitest';
import { expectNoChance, expectNothingWritten, expectSameFromJson, pluginChecks } from './plugin-checks.ts';
import { completeTrial, reportsOf, trialOf, viewOf } from './studies.ts';

/** What {@link testPruner} tests, by title; each throws where the pruner breaks the contract. */
export function prunerChecks(name: string, make: () => Pruner): Record<string, () => void> {
  const { ignoresDirection = false } = make();

  return {
    ...pluginChecks('pruner', name, make),

    'ends no trial that has not reported'() {
      for (const count of [0, 1, 8]) {
        const running = trialOf(count);
        const others = curves.slice(0, count).map((values, number) => completeTrial(number, values));
        expect(make().shouldPrune(viewOf([...others, running]), running), `the answer beside ${count} others`).toBe(false);
      }
    },

    'answers true or false, whatever was reported'() {
      const pruner = make();
      for (const values of nasty) {
        const running = trialOf(4, { reports: reportsOf(values) });
        for (const others of [[], nasty.slice(0, 4), curves.slice(0, 4)]) {
          const trials = [...others.map((each, number) => ended(number, each)), running];
          for (const view of [viewOf(trials), viewOf(trials, { direction: 'maximize' })])
            expect(pruner.shouldPrune(view, running), `the answer to reports of ${values.join(', ')}`).toBeTypeOf('boolean');
        }
      }
    },

    'bears steps with gaps, repeats and trials that go on'() {
      const gaps = (values: readonly number[]): FrozenTrial['reports'] => values.map((value, i) => ({ step: 3 * i + 1, value }));
      const trials = [
        trialOf(0, { state: 'pruned', reports: gaps([3, 2]) }),
        trialOf(1, { state: 'complete', reports: gaps([3, 2, 1, 1]), value: 1, continues: 0 }),
        trialOf(2, { state: 'complete', reports: gaps([4, 3, 3]), value: 3, repeats: 1, repeat: 1 }),
        trialOf(3, { state: 'failed', reports: gaps([1]), error: 'out of memory' }),
        trialOf(4, { state: 'waiting' }),
        trialOf(5, { reports: gaps([5, 4]) }),
        trialOf(6, { reports: gaps([4, 5, 6]) }),
      ];
      const view = viewOf(trials);
      const pruner = make();
      for (const running of trials.slice(5)) expect(pruner.shouldPrune(view, running), 'the answer').toBeTypeOf('boolean');
      expectPromotable(pruner, view);
    },

    'gives the same answer to the same view'() {
      const pruner = make();
      const first = endsOf(pruner);
      expect(endsOf(pruner), 'where the same pruner ends trials, asked again').toEqual(first);
      expect(endsOf(make()), 'where another pruner of its kind ends them').toEqual(first);
      const [views, running] = [everyView(), trialOf(curves.length - 1, { reports: reportsOf(curves.at(-1) ?? []) })];
      const answers = (order: readonly StudyView[]): readonly boolean[] => order.map((view) => pruner.shouldPrune(view, running));
      expect(answers(views.toReversed()).toReversed(), 'the answers to views from the last to the first').toEqual(answers(views));
    },

    'asks neither Math.random nor the clock'() {
      expectNoChance(() => void endsOf(make()));
    },

    'leaves the view alone'() {
      expectNothingWritten('the view', () => void endsOf(make()));
    },

    'lets only a pruned trial go on'() {
      const pruner = make();
      for (const view of everyView()) expectPromotable(pruner, view);
    },

    ...(ignoresDirection
      ? {}
      : {
          'does for gains what it does for losses'() {
            expect(endsOf(make(), 'maximize'), 'where trials end whose values are negated and maximized').toEqual(endsOf(make()));
          },

          'ends no trial that is better than one that it lets go on'() {
            const pruner = make();
            for (const values of curves)
              for (let length = 1; length <= values.length; length += 1) {
                const answer = (shift: number): boolean => {
                  const reports = reportsOf(values.slice(0, length).map((value) => value + shift));
                  const running = trialOf(curves.length, { reports });
                  return pruner.shouldPrune(viewOf([...curves.map((each, number) => completeTrial(number, each)), running]), running);
                };
                if (answer(0)) expect(answer(1), 'whether it ends a trial that is worse by 1 than one that it ends').toBe(true);
              }
          },
        }),

    'writes itself as JSON that builds the same pruner'() {
      expectSameFromJson(make, (pruner) => endsOf(pruner));
    },
  };
}

/** Losses of trials, some falling, some not, some with a NaN on the way; the same at each call. */
const curves: readonly (readonly number[])[] = Array.from({ length: 14 }, (_, trial) => {
  const numbers = randomStream(streamKey(5, 'conformance', trial));
  const [from, slope] = [numbers.uniformAt(0) * 4, numbers.uniformAt(1)];
  return Array.from({ length: 9 }, (_, step) =>
    trial % 5 === 4 && step === trial % 7 ? Number.NaN : Math.round(8 * (from - slope * step + 2 * numbers.uniformAt(step + 2))) / 8,
  );
});

const nasty: readonly (readonly number[])[] = [
  [Number.NaN],
  [1, Number.NaN],
  [Number.NaN, 1, 1],
  [Infinity, 1],
  [-Infinity, -Infinity],
  [0, -0, 0, 0, 0],
  [1e300, -1e300, 1e300],
  [Number.NaN, Number.NaN, Number.NaN, Number.NaN],
];

/** A trial that came to its end, where its last report is a number. */
const ended = (number: number, values: readonly number[]): FrozenTrial =>
  Number.isFinite(values.at(-1)) ? completeTrial(number, values) : trialOf(number, { state: 'failed', reports: reportsOf(values) });

/** Runs trials one after the other, and says how each of them ended. */
function run(pruner: Pruner, direction: Direction): readonly FrozenTrial[] {
  const trials: FrozenTrial[] = [];
  for (const [number, losses] of curves.entries()) {
    const values = direction === 'maximize' ? losses.map((loss) => -loss) : losses;
    const end = values.findIndex((_, i) => {
      const running = trialOf(number, { reports: reportsOf(values.slice(0, i + 1)) });
      return pruner.shouldPrune(viewOf([...trials, running], { direction }), running);
    });
    trials.push(
      end < 0 ? completeTrial(number, values) : trialOf(number, { state: 'pruned', reports: reportsOf(values.slice(0, end + 1)) }),
    );
  }
  return trials;
}

const endsOf = (pruner: Pruner, direction: Direction = 'minimize'): readonly string[] =>
  run(pruner, direction).map(({ state, reports }) => `${state} after ${reports.length}`);

/** Studies of more and more trials, pruned by a rule of its own: every third trial rests after two reports. */
const everyView = (): readonly StudyView[] =>
  curves.map((_, count) =>
    viewOf([
      ...curves
        .slice(0, count)
        .map((values, number) =>
          number % 3 === 0 ? trialOf(number, { state: 'pruned', reports: reportsOf(values.slice(0, 2)) }) : completeTrial(number, values),
        ),
      trialOf(count, { reports: reportsOf((curves[count] ?? []).slice(0, 3)) }),
    ]),
  );

function expectPromotable(pruner: Pruner, view: StudyView): void {
  const promoted = pruner.promote?.(view);
  if (promoted === undefined) return;
  const continued = view.trials.some(({ continues }) => continues === promoted);
  expect(view.trials[promoted]?.state, `the state of trial ${promoted}, which it promotes`).toBe('pruned');
  expect(continued, `whether trial ${promoted}, which it promotes, went on before`).toBe(false);
}
