import { isSchedule } from '@downhill/core';
import * as schedulers from '@downhill/schedulers';
import { describe, expect, test } from 'vitest';
import { readCourse, writeCourse } from './course-address.ts';
import { codeOf } from '../shell/code-of.ts';
import { DEFAULT_COURSE, makeCourse, valuesOf, type Course } from './course.ts';
import { SHAPES, usualValues, type Dial } from './shapes.ts';

const made = (course: Course) => {
  const result = makeCourse(course);
  if ('problem' in result) throw new Error(result.problem);
  return result.schedule;
};

const TURNED: Readonly<Record<Dial['kind'], (dial: Dial) => number>> = {
  rate: ({ value }) => value * 0.9,
  share: ({ value, max }) => value * 0.9 || max,
  steps: ({ value }) => Math.round(value * 1.1),
  count: ({ value }) => value + 1,
};

describe('the shapes', () => {
  test.each(SHAPES)('$name is a schedule of finite values that changes with its numbers', (shape) => {
    const usual = usualValues(shape);
    const values = valuesOf(shape.make(usual), 240);
    expect(isSchedule(shape.make(usual))).toBe(true);
    expect(values.every(Number.isFinite)).toBe(true);
    for (const [name, dial] of Object.entries(shape.dials)) {
      const turned = typeof dial === 'boolean' ? !dial : TURNED[dial.kind](dial);
      expect(valuesOf(shape.make({ ...usual, [name]: turned }), 400), name).not.toEqual(valuesOf(shape.make(usual), 400));
    }
  });

  test('are all that the package exports, but for what puts them together and what follows a metric', () => {
    const others = new Set(['sequence', 'warmup', 'cycleEnds', 'plot', 'reduceOnPlateau']);
    const exported = Object.entries(schedulers).filter(([name, item]) => typeof item === 'function' && !others.has(name));
    expect(SHAPES.map(({ name }) => name).sort()).toEqual(exported.map(([name]) => name).sort());
  });
});

describe('a course', () => {
  test('is its only phase as it stands, without a warm-up', () => {
    const schedule = made({ steps: 100, warmup: 0, phases: [{ shape: 'constant', values: { value: 0.3 }, length: 1 }] });
    expect(schedule.name).toBe('constant');
    expect(codeOf(schedule)).toBe('constant(0.3)');
  });

  test('goes from phase to phase after a warm-up', () => {
    const schedule = made({
      steps: 100,
      warmup: 10,
      phases: [
        { shape: 'constant', values: { value: 0.3 }, length: 20 },
        { shape: 'constant', values: { value: 0.2 }, length: 20 },
        { shape: 'linear', values: { from: 0.1, steps: 10 }, length: 1 },
      ],
    });
    expect([0, 5, 10, 29, 30, 49, 50, 55, 60].map((step) => Number(schedule.at(step).toFixed(6)))).toEqual([
      0, 0.15, 0.3, 0.3, 0.2, 0.2, 0.1, 0.05, 0,
    ]);
    expect(codeOf(schedule)).toMatch(
      /^warmup\(sequence\(\[constant\(0\.3\), constant\(0\.2\), linear\(\{ from: 0\.1, to: 0, steps: 10 \}\)\], \{ milestones: \[20, 40\] \}\), \{ steps: 10, from: 0/,
    );
  });

  test('says what the packages refuse', () => {
    expect(makeCourse({ ...DEFAULT_COURSE, phases: [{ shape: 'cosine', values: { steps: 0 }, length: 1 }] })).toEqual({
      problem: expect.stringContaining('cosine: `steps` must be a whole number, at least 1, got 0'),
    });
  });

  test('is the same when its address is opened', () => {
    const course: Course = {
      steps: 300,
      warmup: 0,
      phases: [
        { shape: 'cosine', values: { from: 0.25, hold: false }, length: 80 },
        { shape: 'step', values: { factor: 0.5 }, length: 100 },
      ],
    };
    expect(readCourse(new URLSearchParams(writeCourse(course).toString()))).toEqual({ state: course, problems: [] });
    expect(readCourse(new URLSearchParams())).toEqual({ state: DEFAULT_COURSE, problems: [] });
  });

  test.each([
    ['steps=0', "steps takes a whole number from 1 to 400, not '0'."],
    ['warmup=500', "warmup takes a whole number from 0 to 240, not '500'."],
    ['phase=cosin', "There is no schedule 'cosin': did you mean 'cosine'?"],
    ['phase=cosine,form:1', "'form:1' is no number of cosine"],
    ['phase=cosine,hold:1', "'hold:1' is no number of cosine"],
    ['phase=cosine,from:x', "'from:x' is no number of cosine"],
    ['phase=cosine,from:Infinity', "'from:Infinity' is no number of cosine"],
    ['phase=cosine,length:0', "length of cosine takes a whole number of at least 1, not '0'."],
    ['phase=linear&phase=linear&phase=linear&phase=linear&phase=linear', 'A course has at most 4 phases'],
  ])('says what of %s makes no sense, and goes on', (query, words) => {
    const { state, problems } = readCourse(new URLSearchParams(query));
    expect(problems).toEqual([expect.stringContaining(words)]);
    expect('schedule' in makeCourse(state)).toBe(true);
  });
});
