import { meter, scalar, type Meter } from './meter.ts';

/**
 * How fast the run goes since it was last measured: `examples per second` and `ms per step`, whatever it spends the time on (data, hooks,
 * checkpoints), validation left out. Cost: no pass. A clock is read, which decides nothing.
 *
 * @example
 * const speed = throughputMeter();
 * speed.name; // 'throughput'
 */
export function throughputMeter(): Meter {
  return meter({
    name: 'throughput',
    begin() {
      let since = performance.now();
      let [steps, examples, ms] = [0, 0, 0];
      return {
        follow(report) {
          const now = performance.now();
          ms += now - since;
          since = now;
          steps += 1;
          examples += report.examples;
        },
        afterStep() {
          const found = [scalar('examples per second', (1000 * examples) / ms), scalar('ms per step', ms / steps)];
          [steps, examples, ms] = [0, 0, 0];
          return found;
        },
        afterEpoch() {
          since = performance.now();
        },
      };
    },
  });
}
