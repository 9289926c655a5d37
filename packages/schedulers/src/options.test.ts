import { factoryNamed, register, type Factory } from '@downhill/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { everySchedule } from '../test/every-schedule.ts';
import * as schedulers from './index.ts';
import { plot } from './plot.ts';

const isOptions = (value: unknown): boolean => typeof value === 'object' && value !== null && !Array.isArray(value) && !('kind' in value);

/** A schedule's arguments, of which the last is its options. */
const argumentsOf = ({ config }: { readonly config: unknown }): readonly unknown[] =>
  Array.isArray(config) ? (config as unknown[]) : [config];

const withOptions = everySchedule.filter((schedule) => isOptions(argumentsOf(schedule).at(-1)));

describe('every schedule that takes options', () => {
  beforeAll(() => register(schedulers as unknown as Record<string, Factory>));

  test.each(withOptions)('$name refuses an option that it does not have', (schedule) => {
    const given = argumentsOf(schedule);
    const options = { ...(given.at(-1) as object), nonsense: 1 };
    const make = (last: unknown) => () => factoryNamed(schedule.name)(...given.slice(0, -1), last);
    expect(make(options)).toThrow(`${schedule.name}: has no option \`nonsense\``);
    expect(make(given.at(-1))).not.toThrow();
  });
});

test.each(everySchedule)('$name prints as a small picture in plain text', (schedule) => {
  const lines = plot(schedule, { steps: 120 }).split('\n');
  expect(lines).toHaveLength(7);
  expect(lines.join('').match(/[\u2801-\u28ff]/g)?.length).toBeGreaterThanOrEqual(60);
});

test.each(everySchedule)('$name has values between its whole steps, for those that bend time', (schedule) => {
  const slow = schedulers.perEpoch(schedule, { steps: 4, staircase: false });
  for (let t = 0; t < 130; t++) {
    expect(slow.at(4 * t)).toBe(schedule.at(t));
    expect([1, 2, 3].map((quarter) => slow.at(4 * t + quarter)).every(Number.isFinite)).toBe(true);
  }
});
