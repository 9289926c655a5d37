import { numberText } from '@downhill/core/page';
import type { RuleSetting } from './guided-step.ts';
import type { Settings } from './search.ts';

export const settingsText = ({ learningRate, weightDecay }: Settings<RuleSetting>): string =>
  `learning rate ${numberText(learningRate, 3)}, weight decay ${numberText(weightDecay, 3)}`;

/** `1 epoch`, `2 epochs`. */
export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? '' : 's'}`;

export const lowerFirst = (text: string): string => text.replace(/^./, (letter) => letter.toLowerCase());

/** Whether values are too far apart for an axis that is even: their small ones would be one line. */
export function spread(values: readonly number[]): boolean {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  return least > 0 && most > 20 * least;
}
