import { describe, expect, test } from 'vitest';
import { readRace, writeRace } from './race-address.ts';
import { DEFAULT_RACE, type RaceState } from './race-state.ts';

const opened = (query: string) => readRace(new URLSearchParams(query));

describe('the address of a race', () => {
  test('an empty one is the race of a first visit', () => {
    expect(opened('')).toEqual({ state: DEFAULT_RACE, problems: [] });
  });

  test('holds everything, and reads it again', () => {
    const state: RaceState = {
      surface: 'own',
      formula: 'x^2 + 50% of & y',
      range: { left: -1, right: 2.5, bottom: -3, top: 4 },
      start: [0.25, -1.5],
      steps: 77,
      noise: 0.5,
      seed: 9,
      schedule: 'cosine',
      racers: [
        { rule: 'adam', numbers: { learningRate: 0.25, biasCorrection: false } },
        { rule: 'sgd', numbers: { momentum: 0.5 } },
      ],
      picture: 'relief',
      arrows: ['gradient', 'step'],
      at: 12,
    };
    expect(opened(writeRace(state).toString())).toEqual({ state, problems: [] });
  });

  test('leaves out what is as usual', () => {
    expect(writeRace({ ...DEFAULT_RACE, racers: [{ rule: 'adam', numbers: { beta1: 0.9 } }] }).toString()).toBe(
      'surface=ravine&racer=adam',
    );
  });

  test('a race without optimizers is not the one of a first visit', () => {
    expect(opened(writeRace({ ...DEFAULT_RACE, racers: [] }).toString()).state.racers).toEqual([]);
  });

  test.each([
    ['surface=sadle', "There is no surface 'sadle': did you mean 'saddle'?"],
    ['steps=0', "steps takes a whole number from 1 to 2000, not '0'."],
    ['steps=many', "steps takes a whole number from 1 to 2000, not 'many'"],
    ['steps=20&at=21', "at takes a whole number from 0 to 20, not '21'."],
    ['noise=-1', "noise takes a number of at least 0, not '-1'."],
    ['noise=Infinity', "noise takes a number of at least 0, not 'Infinity'"],
    ['seed=1.5', "seed takes a whole number, not '1.5'."],
    ['start=1', "start takes two numbers, not '1'."],
    ['range=1,0,0,1', "not '1,0,0,1'"],
    ['schedule=cosin', "did you mean 'cosine'"],
    ['racer=adan', "There is no optimizer 'adan': did you mean 'adam'?"],
    ['racer=adam,beta3:1', "'beta3:1' is no number of adam"],
    ['racer=adam,beta1:x', "'beta1:x' is no number of adam"],
    ['racer=adam,amsgrad:1', "'amsgrad:1' is no number of adam"],
    ['racer=sgd&'.repeat(9), 'A race has at most 8 optimizers'],
  ])('says what of %s makes no sense, and goes on', (query, words) => {
    const { state, problems } = opened(query);
    expect(problems).toEqual([expect.stringContaining(words)]);
    expect(state.steps).toBeGreaterThan(0);
  });
});
