import { SIDE } from './picture.ts';
import { RAMP, type Theme } from './theme.ts';

/** The colours of shares from 0 to 1, which are the entry `dimension` of a point, beside what they mean. */
export const colourBar = (
  text: readonly [most: string, least: string],
  dimension: number,
  theme: Theme,
): Readonly<Record<string, unknown>> => ({
  type: 'continuous',
  dimension,
  min: 0,
  max: 1,
  text,
  right: SIDE,
  top: 'middle',
  itemWidth: 12,
  itemHeight: 130,
  inRange: { color: RAMP },
  textStyle: { color: theme.quiet, fontSize: 11 },
});
