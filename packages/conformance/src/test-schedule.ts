import { build, register, type Factory, type Schedule } from '@downhill/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { expectBadNumbersRefused } from './bad-numbers.ts';

/** Options of {@link testSchedule}. */
export interface TestScheduleOptions {
  /** The factories that the schedule's JSON names, as `register` takes them: its own, and those of the schedules in it. */
  factories: Readonly<Record<string, Factory>>;
  /** Every step below this one is tried, and some far beyond. @defaultValue 200 */
  steps?: number;
}

/**
 * Tests of the schedule contract, for vitest: finite, pure and deterministic at all steps, frozen, serializable, and
 * readable errors for bad numbers.
 *
 * @param name The factory's name, under which the schedule saves itself.
 * @param make Makes the schedule anew at each call.
 *
 * @example
 * testSchedule('cosine', () => cosine({ from: 0.1, steps: 100 }), { factories: { cosine } });
 */
export function testSchedule(name: string, make: () => Schedule, options: TestScheduleOptions): void {
  describe(`the schedule contract: ${name}`, () => {
    beforeAll(() => register(options.factories));
    for (const [title, check] of Object.entries(scheduleChecks(name, make, options.steps))) test(title, check);
  });
}

/** What {@link testSchedule} tests, by title; each throws where the schedule breaks the contract. */
export function scheduleChecks(name: string, make: () => Schedule, steps = 200): Record<string, () => void> {
  const every = [...Array.from({ length: steps }, (_, step) => step), ...farBeyond];
  const values = (schedule: Schedule, order: readonly number[] = every): number[] => order.map((step) => schedule.at(step));

  return {
    'is a frozen schedule that carries its factory’s name'() {
      const schedule = make();
      expect(schedule.kind).toBe('schedule');
      expect(schedule.name).toBe(name);
      expect(Object.isFrozen(schedule), 'frozen').toBe(true);
    },

    'is finite at every step, also far beyond its end'() {
      const schedule = make();
      expect(every.filter((step) => !Number.isFinite(schedule.at(step)))).toEqual([]);
    },

    'gives the same values whatever was asked before'() {
      const schedule = make();
      const forwards = values(schedule);
      expect(values(schedule, every.toReversed()).toReversed()).toEqual(forwards);
      expect(values(schedule)).toEqual(forwards);
      expect(every.map((step) => make().at(step))).toEqual(forwards);
    },

    'writes itself as JSON that builds the same schedule'() {
      const schedule = make();
      const before = JSON.stringify(schedule);
      const again = build(JSON.parse(before));
      expect(again.kind).toBe('schedule');
      expect(values(again as Schedule)).toEqual(values(schedule));
      expect(JSON.stringify(again)).toBe(before);
      expect(JSON.stringify(schedule)).toBe(before);
    },

    'refuses a bad number, naming it and what came'() {
      expectBadNumbersRefused(make());
    },
  };
}

/** 2⁵³ − 1 is the last step that can be counted. */
const farBeyond: readonly number[] = [1e3, 1e4 + 1, 1e6, 2 ** 31, 1e12, Number.MAX_SAFE_INTEGER];
