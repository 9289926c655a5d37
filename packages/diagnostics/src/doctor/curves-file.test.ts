import { expect, test } from 'vitest';
import { curvesFileRuns, curvesOf } from './curves-file.ts';

test('reads what the doctor reads, and neither label nor name', () => {
  const [run] = curvesFileRuns({
    runs: [
      {
        id: 'a',
        train_loss: [1, null],
        val_acc: [0.5, 0.6],
        initial_loss: null,
        classes: 2,
        loss: 'mse',
        label: 'healthy',
        how: 'as usual',
      },
    ],
  });
  expect(run && curvesOf(run)).toEqual({
    trainLoss: [1, null],
    validationAccuracy: [0.5, 0.6],
    initialLoss: null,
    classes: 2,
    lossFunction: 'meanSquaredError',
  });
});

test.each([
  [null, '{ "runs": [...] } with at least one run, got null'],
  [{ runs: [] }, 'with at least one run'],
  [{ cases: [] }, 'with at least one run'],
  [{ runs: [7] }, 'run 1 should be an object, got 7'],
  [{ runs: [{ train_loss: [1] }, { train_loss: 1 }] }, '`train_loss` of run 2 should be a list of numbers and nulls, got 1'],
  [{ runs: [{ train_loss: [1], lr: ['a'] }] }, '`lr` of run 1 should be a list of numbers and nulls'],
  [{ runs: [{ train_loss: [1], initial_loss: 'x' }] }, '`initial_loss` of run 1 should be a number or null'],
  [{ runs: [{ train_loss: [1], loss: 'hinge' }] }, "`loss` of run 1 should be 'cross_entropy' or 'mse'"],
  [{ runs: [{ train_loss: [1], label: 'sick' }] }, '`label` of run 1 should be one of healthy'],
])('refuses %j', (content, message) => {
  expect(() => curvesFileRuns(content)).toThrow(
    expect.objectContaining({ code: 'data-invalid', message: expect.stringContaining(message) }),
  );
});
