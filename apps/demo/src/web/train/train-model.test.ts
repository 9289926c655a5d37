import { expect, test } from 'vitest';
import { clear, hear, trainModel } from './train-model.ts';
import type { TrainAnswer } from './train-protocol.ts';

const after = (...answers: TrainAnswer[]) => {
  const model = trainModel();
  for (const answer of answers) hear(model, answer);
  return model;
};
const STARTED: TrainAnswer = { type: 'started', backend: 'wasm', why: 'as chosen', resumedAt: undefined };

test('a run can be held while it takes steps, and not while it is judged', () => {
  expect(after(STARTED).phase.value).toBe('running');
  expect(after(STARTED, { type: 'held', step: 3 }).phase.value).toBe('held');
  expect(after(STARTED, { type: 'held', step: 3 }, { type: 'going' }).phase.value).toBe('running');
  expect(after(STARTED, { type: 'busy', text: 'Judging' }).phase.value).toBe('busy');
  expect(after(STARTED, { type: 'ended', how: 'finished' }).phase.value).toBe('idle');
});

test('a run that was stopped is said to be judged at its end', () => {
  const { told } = after(STARTED, { type: 'ended', how: 'stopped' });
  expect(told.value).toMatch(/^Stopped.*judged at its end.*goes on from its checkpoint/);
});

test('a problem leaves the run as it is and is said once; a failure ends it', () => {
  const { phase, problems } = after(STARTED, { type: 'problem', text: 'full' }, { type: 'problem', text: 'full' });
  expect([phase.value, problems.value]).toEqual(['running', ['full']]);
  expect(after(STARTED, { type: 'failed', text: 'lost' }).phase.value).toBe('idle');
});

test('what was said of the run before is forgotten when another begins', () => {
  const model = after(
    { type: 'problem', text: 'full' },
    { type: 'checkpoint', step: 3 },
    { type: 'shown', digit: 7, picture: new Uint8Array(784) },
  );
  clear(model);
  expect([model.problems.value, model.kept.value, model.digit.value, model.picture.value]).toEqual([[], undefined, undefined, undefined]);
});
