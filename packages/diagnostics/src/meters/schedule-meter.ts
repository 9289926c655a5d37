import { meter, scalar, type Meter } from './meter.ts';

/** Options of {@link scheduleMeter}. */
export interface ScheduleMeterOptions {
  /** Which of the numbers, by name. @defaultValue all of them: bias corrections too */
  readonly names?: readonly string[];
}

/**
 * The learning rate and every other number that the optimizer computed for the step (a scheduled weight decay or momentum), under its own
 * name: `learningRate`. tfjs's own optimizers show their learning rate alone. Cost: no pass.
 *
 * @example
 * const rates = scheduleMeter();
 * rates.name; // 'schedule'
 */
export function scheduleMeter({ names }: ScheduleMeterOptions = {}): Meter {
  const wanted = (name: string): boolean => names?.includes(name) ?? true;
  return meter({
    name: 'schedule',
    begin({ optimizer }) {
      const own = (): Record<string, number> => {
        const { learningRate } = optimizer as { readonly learningRate?: unknown };
        return typeof learningRate === 'number' ? { learningRate } : {};
      };
      return {
        afterStep: ({ report }) =>
          Object.entries({ ...own(), ...report.scalars }).flatMap(([name, value]) => (wanted(name) ? [scalar(name, value)] : [])),
      };
    },
  });
}
