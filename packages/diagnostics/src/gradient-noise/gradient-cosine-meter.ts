import { checkNumber, complete, type KeptTensor } from '@downhill/core';
import { meter, scalar, type Meter } from '../meters/meter.ts';
import { cosineOf } from './cosine.ts';

/** Options of {@link gradientCosineMeter}. */
export interface GradientCosineMeterOptions {
  /** At every how many steps it measures; it looks at the gradients of that step and the one before. @defaultValue 10 */
  readonly every?: number;
}

/**
 * The cosine between the gradients of two successive steps, `gradient cosine`. Towards −1 the steps jump from one side of a valley to the other:
 * the rate is at its limit. Around 0 they are noise, or have found the floor.
 *
 * Cost: no pass; it reads the gradients of two steps.
 *
 * @example
 * const cosine = gradientCosineMeter({ every: 10 });
 * cosine.needs; // ['gradients']
 *
 * @throws DownhillError `invalid-argument` where `every` is no whole number of at least 1.
 */
export function gradientCosineMeter(options: GradientCosineMeterOptions = {}): Meter {
  const { every } = complete('gradientCosineMeter', options, { every: 10 });
  checkNumber('gradientCosineMeter', { every }, { min: 1, integer: true });
  return meter({
    name: 'gradient cosine',
    needs: ['gradients'],
    every: ({ step }) => step % every === 0 || (step + 1) % every === 0,
    begin() {
      let held: { readonly step: number; readonly gradient: Float32Array } | undefined;
      return {
        async afterStep({ report, gradients }) {
          const before = held;
          const gradient = joined(await Promise.all([...gradients.values()].map((tensor) => tensor.data())) as Float32Array[]); // prettier-ignore
          held = { step: report.step, gradient };
          const pair = before !== undefined && before.step === report.step - 1 && report.step % every === 0;
          return pair ? [scalar('gradient cosine', cosineOf(Float64Array.from(before.gradient), Float64Array.from(gradient)))] : undefined;
        },
        saveState: () => ({ step: held?.step ?? null }),
        saveTensors: (): ReadonlyMap<string, KeptTensor> =>
          held === undefined
            ? new Map()
            : new Map([['gradient', { dtype: 'float32', shape: [held.gradient.length], values: held.gradient }]]),
        loadState(state) {
          const { step } = state as { readonly step: number | null };
          held = step === null ? undefined : { step, gradient: new Float32Array() };
        },
        loadTensors(tensors) {
          const values = tensors.get('gradient')?.values;
          held = held !== undefined && values instanceof Float32Array ? { ...held, gradient: values } : undefined;
        },
      };
    },
  });
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let from = 0;
  for (const part of parts) {
    whole.set(part, from);
    from += part.length;
  }
  return whole;
}
