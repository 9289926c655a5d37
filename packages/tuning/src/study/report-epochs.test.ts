import { isDownhillError } from '@downhill/core';
import { describe, expect, test } from 'vitest';
import { pruned, reportEpochs } from '../index.ts';

const epoch = (number: number, val_loss: number) => ({
  step: 10 * number,
  steps: 30,
  epoch: number,
  epochs: 3,
  metrics: { val_loss, loss: 9 },
});
const start = { step: 0, steps: 30, epoch: 0, epochs: 3, metrics: ['loss', 'val_loss'] };

function trial(pruneAt = Infinity) {
  const reports: [number, number][] = [];
  const stop = new AbortController();
  const report = async (step: number, value: number): Promise<boolean> => reports.push([step, value]) > 0 && step >= pruneAt;
  return { reports, stop, trial: { report, signal: stop.signal } };
}

describe('reportEpochs', () => {
  test('reports each epoch, from 1 on; the last is the outcome', async () => {
    const { reports, trial: one } = trial();
    const hook = reportEpochs(one);
    await hook.onStart?.(start, undefined);
    for (const number of [1, 2, 3]) expect(await hook.onEpoch(epoch(number, 1 / number))).toBeUndefined();
    expect(reports).toEqual([
      [1, 1],
      [2, 1 / 2],
      [3, 1 / 3],
    ]);
    expect(hook.outcome()).toBe(1 / 3);
  });

  test('pauses the run where the trial should end, and then says so', async () => {
    const hook = reportEpochs(trial(2).trial, { monitor: 'loss' });
    expect(await hook.onEpoch(epoch(1, 5))).toBeUndefined();
    expect(await hook.onEpoch(epoch(2, 4))).toBe('pause');
    expect(hook.outcome()).toBe(pruned);
  });

  test('what a checkpoint keeps is enough to answer where the run was at its end already', async () => {
    const before = reportEpochs(trial().trial);
    await before.onEpoch(epoch(3, 0.25));
    const after = reportEpochs(trial().trial);
    after.loadState?.(before.saveState!());
    await after.onStart?.({ ...start, epoch: 3 }, undefined);
    expect(after.outcome()).toBe(0.25);
  });

  test('a run that the study stopped has no outcome, unless it had ended', async () => {
    const { stop, trial: one } = trial();
    const hook = reportEpochs(one);
    await hook.onEpoch(epoch(2, 1));
    stop.abort();
    expect(() => hook.outcome()).toThrow(expect.toSatisfy((error: unknown) => isDownhillError(error) && error.code === 'aborted'));
    await hook.onEpoch(epoch(3, 1));
    expect(hook.outcome()).toBe(1);
  });

  test('refuses a number that the run does not measure', () => {
    const hook = reportEpochs(trial().trial, { monitor: 'val_accuracy' });
    expect(() => hook.onStart?.(start, undefined)).toThrow("`monitor` must be one of loss, val_loss, got 'val_accuracy'");
  });
});
