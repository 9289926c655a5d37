import { meter, scalar, type Meter } from './meter.ts';

/**
 * The numbers of each epoch as the loop reports them: the validation's as `val_loss`, `val_accuracy`, the means of the training batches as
 * `epoch/loss`, `epoch/accuracy`. Whatever the cadence, after each epoch. Cost: no pass.
 *
 * @example
 * const curves = epochMeter();
 * curves.name; // 'epoch'
 */
export function epochMeter(): Meter {
  return meter({
    name: 'epoch',
    begin: () => ({
      afterEpoch: ({ metrics }) =>
        Object.entries(metrics).map(([name, value]) => scalar(name.startsWith('val_') ? name : `epoch/${name}`, value)),
    }),
  });
}
