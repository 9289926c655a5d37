import { describe, expectTypeOf, test } from 'vitest';
import { bestTrial, categorical, distinctTrials, float, openStudy, space, when, type Trial } from '../index.ts';

const searched = space({ rule: categorical(['sgd', 'adam']), rate: float(0, 1), momentum: when({ rule: 'sgd' }, float(0, 1)) });

describe('a study', () => {
  test('gives its objective settings that are typed by its space', async () => {
    const study = await openStudy({ space: searched });
    const view = await study.optimize(({ settings }) => {
      expectTypeOf(settings.rule).toEqualTypeOf<'sgd' | 'adam'>();
      expectTypeOf(settings.rate).toEqualTypeOf<number>();
      expectTypeOf(settings.momentum).toEqualTypeOf<number | undefined>();
      return settings.rate;
    });
    expectTypeOf(view.trials[0]!.settings.rule).toEqualTypeOf<'sgd' | 'adam'>();
    expectTypeOf(bestTrial(view)?.settings.rule).toEqualTypeOf<'sgd' | 'adam' | undefined>();
    expectTypeOf(distinctTrials(view)[0]!.settings.rate).toEqualTypeOf<number>();
  });

  test('takes objectives that know their settings, and refuses those that want others', async () => {
    const study = await openStudy({ space: searched });
    const known = ({ settings }: Trial<{ readonly rate: number }>) => settings.rate;
    const other = ({ settings }: Trial<{ readonly size: number }>) => settings.size;
    expectTypeOf(study.optimize).toBeCallableWith(known);
    // @ts-expect-error there is no `size`
    void study.optimize(other);
    // @ts-expect-error an objective comes to a number
    void study.optimize(() => 'low');
  });

  test('enqueues only what is in its space', async () => {
    const study = await openStudy({ space: searched });
    expectTypeOf(study.enqueue).toBeCallableWith({ rule: 'sgd' });
    // @ts-expect-error no such rule
    void study.enqueue({ rule: 'lion' });
  });
});
