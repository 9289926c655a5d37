import { describe, expect, test } from 'vitest';
import { alternate, type Timed } from './alternate.ts';
import { median } from './median.ts';

const PACE = { rounds: 6, warmUpSteps: 3, turnMs: 10, budgetMs: 1000 };

/** A contender whose step takes `ms`, and a list of who was asked for how many steps. */
function contender(name: string, ms: number, asked: string[], first = ms): Timed {
  return {
    name,
    time(steps) {
      asked.push(`${name} ${steps}`);
      return Promise.resolve(Array.from({ length: steps }, (_, step) => (step === 0 ? first : ms)));
    },
  };
}

describe('alternate', () => {
  test('lets the contenders take turns, after all are warm', async () => {
    const asked: string[] = [];
    await alternate([contender('a', 2, asked), contender('b', 1, asked)], PACE);
    expect(asked.slice(0, 6)).toEqual(['a 1', 'a 1', 'a 1', 'b 1', 'b 1', 'b 1']);
    expect(asked.slice(6)).toEqual(Array.from({ length: 6 }, () => ['a 6', 'b 11']).flat()); // one opener each
  });

  test('does not count the step that opens a turn', async () => {
    const times = await alternate([contender('a', 2, [], 90)], { ...PACE, turnMs: 360 });
    expect(times.get('a')).toBe(2);
  });

  test('gives a slow contender fewer turns, spread over the rounds', async () => {
    const asked: string[] = [];
    await alternate([contender('slow', 500, asked), contender('fast', 1, asked)], { ...PACE, budgetMs: 2000 });
    expect(asked.filter((line) => line === 'slow 1')).toHaveLength(2); // the warm-up, cut short by the budget
    expect(asked.slice(-8)).toEqual(['fast 11', 'fast 11', 'slow 2', 'fast 11', 'fast 11', 'fast 11', 'slow 2', 'fast 11']);
  });

  test('asks for a single step where that has to do', async () => {
    const asked: string[] = [];
    const times = await alternate([contender('slowest', 40_000, asked)], PACE, { once: new Set(['slowest']) });
    expect(asked).toEqual(['slowest 1']);
    expect(times.get('slowest')).toBe(40_000);
  });
});

describe('median', () => {
  test.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[7], 7],
    [[], NaN],
  ])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected));
});
