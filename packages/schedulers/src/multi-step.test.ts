import { testSchedule } from '@downhill/conformance';
import { describe, expect, test } from 'vitest';
import { multiStep } from './multi-step.ts';

testSchedule('multiStep', () => multiStep({ from: 0.1, milestones: [10, 30, 45] }), { factories: { multiStep } });

describe('multiStep', () => {
  test('changes at each milestone, which uses the new value already', () => {
    const rate = multiStep({ from: 8, milestones: [2, 5], factor: 0.5 });
    expect([0, 1, 2, 4, 5, 100].map((t) => rate.at(t))).toEqual([8, 8, 4, 4, 2, 2]);
  });

  test('counts a milestone that is listed twice twice', () => {
    const rate = multiStep({ from: 8, milestones: [2, 2, 5], factor: 0.5 });
    expect([1, 2, 5].map((t) => rate.at(t))).toEqual([8, 2, 1]);
  });

  test('divides by ten where no factor is given, as PyTorch does', () => {
    expect(multiStep({ from: 1, milestones: [1] }).at(1)).toBeCloseTo(0.1, 15);
  });

  test('starts with the new value when a milestone is 0, and stays without milestones', () => {
    expect(multiStep({ from: 8, milestones: [0], factor: 0.5 }).at(0)).toBe(4);
    expect(multiStep({ from: 8, milestones: [] }).at(1000)).toBe(8);
  });

  test('keeps its milestones when the array that it got changes', () => {
    const milestones = [2];
    const rate = multiStep({ from: 8, milestones, factor: 0.5 });
    milestones[0] = 1;
    expect(rate.at(1)).toBe(8);
  });

  test('refuses milestones that are no list of steps', () => {
    // @ts-expect-error: JavaScript may pass anything
    expect(() => multiStep({ from: 1, milestones: 30 })).toThrow('multiStep: `milestones` must be an array of steps, got 30');
    expect(() => multiStep({ from: 1, milestones: [3, -1] })).toThrow('`milestones[1]` must be a whole number, at least 0, got -1');
    expect(() => multiStep({ from: 1, milestones: [30, 10] })).toThrow('`milestones[1]` must be at least the one before it (30), got 10');
  });
});
