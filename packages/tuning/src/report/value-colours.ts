import { numberText } from '@downhill/core/page';
import { log } from '@downhill/core/math';
import { isBetter } from '../view/trials.ts';
import type { CompleteTrial, PictureData } from './picture-data.ts';
import { isWide } from './scale.ts';

/** How good values are, from 0 to 1. */
export interface ValueColours {
  shareOf(value: number): number;
  readonly best: string;
  readonly worst: string;
}

/** The worst fifth is all of one colour: one value that ran away would leave the others all of another. */
const SHOWN = 0.8;

export function valueColours({ direction }: Pick<PictureData, 'direction'>, trials: readonly CompleteTrial[]): ValueColours {
  const values = trials.map(({ value }) => value).toSorted((a, b) => (isBetter(direction, a, b) ? -1 : 1));
  const [best = 0] = values;
  const limit = values[Math.ceil(SHOWN * (values.length - 1))] ?? best;
  const place = (value: number): number => (isWide(values) ? log(value) : value);
  const span = place(best) - place(limit);
  return {
    shareOf: (value) =>
      span === 0 ? (isBetter(direction, limit, value) ? 0 : 1) : Math.min(1, Math.max(0, (place(value) - place(limit)) / span)),
    best: numberText(best),
    worst: `${numberText(limit)} or worse`,
  };
}
