import { checkOneOf, type Complete } from '@downhill/core';
import { classified, type Classified, type OutputKind } from './classified.ts';
import { meter, type Measurement, type Measurements, type Meter } from './meter.ts';

/** Options of meters that compare predicted with right classes. */
export interface ClassificationOptions {
  /** The batch of each due step, or the whole validation after each epoch, whose readings have the prefix `val_`. @defaultValue 'batch' */
  readonly of?: 'batch' | 'validation';
  /** What the model gives: our losses take logits. A single column says class 1 above a logit of 0, or a probability of ½. @defaultValue 'logits' */
  readonly from?: OutputKind;
}

export const CLASSIFICATION = { of: 'batch', from: 'logits' } as const;

/** Adds up what it is shown. */
export interface Tally {
  add(examples: Classified): void;
  result(): Measurements;
}

/** A meter of a tally: over one batch, or over a validation. */
export function classificationMeter(
  source: string,
  name: string,
  { of, from }: Complete<ClassificationOptions, typeof CLASSIFICATION>,
  tally: () => Tally,
): Meter {
  checkOneOf(source, 'of', of, ['batch', 'validation']);
  checkOneOf(source, 'from', from, ['logits', 'probabilities']);
  if (of === 'batch')
    return meter({
      name,
      needs: ['predictions'],
      begin: () => ({
        async afterStep(moment) {
          const one = tally();
          one.add(await classified(source, moment, from));
          return one.result();
        },
      }),
    });
  return meter({
    name: `val_${name}`,
    needs: ['validation'],
    begin() {
      let sum = tally();
      return {
        async onValidation(batch) {
          sum.add(await classified(source, batch, from));
        },
        afterEpoch() {
          const found = sum.result();
          sum = tally();
          return found.map((reading): Measurement => ({ ...reading, name: `val_${reading.name}` }));
        },
      };
    },
  });
}
