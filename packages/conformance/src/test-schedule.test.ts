import { checkNumber, register, schedule, type Factory, type Schedule } from '@downhill/core';
import { beforeAll, describe, expect, test } from 'vitest';
import { scheduleChecks, testSchedule } from './test-schedule.ts';

interface Halving {
  every: number;
}

function halving({ every }: Halving): Schedule {
  checkNumber('halving', { every }, { min: 1 });
  return schedule({ name: 'halving', config: { every }, at: (step) => 1 / (1 + Math.floor(step / every)) });
}

testSchedule('halving', () => halving({ every: 10 }), { factories: { halving } });

describe('testSchedule finds', () => {
  const good = halving({ every: 10 });
  /** A schedule that is `good` but for one thing, and the factory that makes it again. */
  const broken = (name: string, change: Partial<Schedule>, freeze = true): [() => Schedule, Record<string, Factory>] => {
    const make = (): Schedule => {
      const made = { ...good, name, toJSON: () => ({ kind: 'schedule', name, config: { every: 10 } }), ...change };
      return freeze ? Object.freeze(made) : made;
    };
    return [make, { [name]: make }];
  };
  let calls = 0;

  test.each([
    ['an object that is not frozen', 'is a frozen schedule', broken('thawed', {}, false)],
    ['another name', 'is a frozen schedule', broken('renamed', { name: 'other' })],
    ['a value that is not finite, far beyond the end', 'is finite', broken('growing', { at: (step) => 1.01 ** step })],
    ['a value that depends on earlier calls', 'gives the same values', broken('stateful', { at: () => calls++ })],
    ['a config that builds another schedule', 'writes itself as JSON', broken('forgetful', { toJSON: () => good.toJSON(), at: () => 3 })],
    ['a bad number that is taken in silence', 'refuses a bad number', broken('gullible', {})],
  ])('%s', (_, title, [make, factories]) => {
    const name = Object.keys(factories)[0]!;
    register(factories);
    const failing = Object.entries(scheduleChecks(name, make)).find(([check]) => check.startsWith(title));
    expect(failing?.[1]).toThrow();
  });

  describe('an error', () => {
    beforeAll(() => register({ mumbling }));
    function mumbling({ every }: Halving): Schedule {
      if (!Number.isFinite(every)) throw new Error('bad input');
      return schedule({ name: 'mumbling', config: { every }, at: () => every });
    }

    test('that says neither who speaks nor what is wrong', () => {
      const checks = scheduleChecks('mumbling', () => mumbling({ every: 2 }));
      expect(checks['refuses a bad number, naming it and what came']).toThrow('must throw a DownhillError');
    });
  });
});
