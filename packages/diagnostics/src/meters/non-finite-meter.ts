import { meter, type Measurements, type Meter } from './meter.ts';
import { firstBadActivation, firstBadWeight, type Culprit } from './first-non-finite.ts';

/**
 * Watches for NaN and infinities and names the tensor that went bad first, once, as the text `non-finite`: a weight or its gradient with the step
 * (from 0) at which the optimizer's kernel met it, the batch, a layer's activation, or the loss. It looks whenever a loss is not finite,
 * due or not, and before the run ends for it; and at each due step, since some operations swallow NaN. Cost: no pass while all is
 * well, then one forward pass a layer. It reads, and so clears, `nonFiniteUpdates()` of the optimizer.
 *
 * @example
 * const watch = nonFiniteMeter();
 * watch.cost; // { forward: 0, backward: 0 }
 */
export function nonFiniteMeter(): Meter {
  return meter({
    name: 'non-finite',
    begin({ model, optimizer, variables }) {
      let told = false;
      const tell = (step: number, culprit: Culprit | undefined): Measurements => {
        if (told || culprit === undefined) return [];
        told = true;
        return [{ kind: 'text', name: 'non-finite', text: `At step ${culprit.step ?? step} the first to go bad was ${culprit.what}.` }];
      };
      return {
        async onNonFinite(step, seen) {
          if (told) return [];
          const weight = await firstBadWeight(optimizer, variables, { thorough: true });
          if (weight !== undefined || seen === undefined) return tell(step, weight ?? { what: 'the loss' });
          return tell(step, await firstBadActivation(model, seen));
        },
        async afterStep({ report }) {
          return told ? [] : tell(report.step - 1, await firstBadWeight(optimizer, variables, { thorough: false }));
        },
        saveState: () => told,
        loadState(state) {
          told = state === true;
        },
      };
    },
  });
}
