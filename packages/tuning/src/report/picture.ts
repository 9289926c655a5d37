import type { PictureData } from './picture-data.ts';
import type { Theme } from './theme.ts';

/** A picture, as Apache ECharts takes it. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The picture in words. */
  readonly label: string;
  readonly option: Readonly<Record<string, unknown>>;
}

/** Draws what is known of a study in the width that there is; the picture may be wider. */
export type Draw = (data: PictureData, theme: Theme, width: number) => Picture;

export const SIDE = 20;
const TITLE_LINE = { fontSize: 15, lineHeight: 20 };

/** What all pictures have: paper, a title, and a word in the middle of an empty one. */
export function frame(title: string, theme: Theme, width: number, emptiness?: string): Readonly<Record<string, unknown>> {
  const heading = {
    text: title,
    left: SIDE,
    top: 12,
    padding: 0,
    textStyle: { ...TITLE_LINE, color: theme.ink, fontWeight: 600, width: width - 2 * SIDE, overflow: 'truncate', ellipsis: '…' },
  };
  const middle = { text: emptiness, left: 'center', top: 'middle', textStyle: { color: theme.quiet, fontSize: 13, fontWeight: 400 } };
  return {
    animation: false,
    backgroundColor: theme.paper,
    textStyle: { fontFamily: 'system-ui, sans-serif', color: theme.quiet },
    title: emptiness === undefined ? [heading] : [heading, middle],
  };
}

/** The look of an axis with a name along it. */
export const axisLook = (name: string, theme: Theme, nameGap: number): Readonly<Record<string, unknown>> => ({
  name,
  nameLocation: 'middle',
  nameGap,
  nameTextStyle: { color: theme.quiet, fontSize: 12 },
  axisLine: { show: true, lineStyle: { color: theme.rule } },
  axisTick: { show: true, lineStyle: { color: theme.rule } },
  axisLabel: { color: theme.quiet, fontSize: 11, hideOverlap: true },
  splitLine: { show: true, lineStyle: { color: theme.rule } },
  minorTick: { show: false },
});

export const legendLook = (names: readonly string[], theme: Theme): Readonly<Record<string, unknown>> => ({
  data: names,
  top: 38,
  left: SIDE,
  padding: 0,
  itemWidth: 18,
  itemHeight: 9,
  itemGap: 18,
  textStyle: { color: theme.quiet, fontSize: 12 },
});

/** The name of the vertical axis of values. */
export const valueName = ({ direction }: Pick<PictureData, 'direction'>): string =>
  `value (${direction === 'minimize' ? 'lower' : 'higher'} is better)`;

/** How many of what, in words: "3 trials", "1 trial". */
export const counted = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`;
