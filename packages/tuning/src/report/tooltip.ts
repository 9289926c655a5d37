import { escaped, numberText } from '@downhill/core/page';
import type { PictureData, PictureTrial } from './picture-data.ts';
import { shortened } from './scale.ts';
import type { Theme } from './theme.ts';

const NOTE_SIGNS = 60;

/** What is under the pointer, as HTML. `trialOf` finds the number of the trial that a part of the picture stands for. */
export const tooltipLook = (
  { trials }: PictureData,
  theme: Theme,
  trialOf: (part: TooltipPart) => number,
): Readonly<Record<string, unknown>> => ({
  trigger: 'item',
  confine: true,
  backgroundColor: theme.paper,
  borderColor: theme.rule,
  textStyle: { color: theme.ink, fontSize: 12 },
  formatter: (part: TooltipPart) => trialText(trials[trialOf(part)]),
});

/** What ECharts tells of it. */
export interface TooltipPart {
  readonly value: readonly unknown[];
  readonly seriesId?: string;
}

/** The last entry of a point is the number of its trial. */
export const lastEntry = ({ value }: TooltipPart): number => Number(value.at(-1));

function trialText(trial: PictureTrial | undefined): string {
  if (trial === undefined) return '';
  const { number, state, value, settings, repeats, error } = trial;
  const rows = [
    ...(value === undefined ? [] : [['value', numberText(value, 6)]]),
    ...(repeats === undefined ? [] : [['repeats', `trial ${repeats}`]]),
    ...(error === undefined ? [] : [['error', error]]),
    ...Object.entries(settings).map(([name, setting]) => [name, typeof setting === 'number' ? numberText(setting, 6) : String(setting)]),
  ];
  const [head, ...rest] = [`<b>Trial ${number}</b>, ${state}`, ...rows.map(([name = '', text = '']) => `${line(name)}: ${line(text)}`)];
  return [head, ...rest].join('<br>');
}

const line = (text: string): string => escaped(shortened(text, NOTE_SIGNS));
