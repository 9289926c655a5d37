import { colourBar } from '../colour-bar.ts';
import { counted, frame, type Picture } from '../picture.ts';
import { completeTrials, type CompleteTrial, type PictureData } from '../picture-data.ts';
import { extentOf, isWide, numberScale, scaleOf, type Scale } from '../scale.ts';
import type { Theme } from '../theme.ts';
import { lastEntry, tooltipLook } from '../tooltip.ts';
import { valueColours } from '../value-colours.ts';

const HEIGHT = 440;
const AXIS_WIDTH = 110;
const MARGIN = { left: 70, right: 150, top: 92, bottom: 36 };
/** Where the lines of trials without a parameter cross its axis: below it. */
const ABSENT = -0.14;

interface Axis {
  readonly name: string;
  readonly scale: Scale;
  readonly of: (trial: CompleteTrial) => number;
}

/** One axis a parameter and one for the value, one line a complete trial; the better the value, the stronger its colour. */
export function parallelCoordinates(data: PictureData, theme: Theme, width: number): Picture {
  const trials = completeTrials(data);
  const colours = valueColours(data, trials);
  const axes = axesOf(data, trials);
  const lines = trials
    .map((trial) => [...axes.map(({ of }) => of(trial)), colours.shareOf(trial.value), trial.number])
    .toSorted((a, b) => (a.at(-2) ?? 0) - (b.at(-2) ?? 0)); // the best are drawn over the others
  const drawnWidth = Math.max(width, axes.length * AXIS_WIDTH + MARGIN.left + MARGIN.right - AXIS_WIDTH);
  return {
    width: drawnWidth,
    height: HEIGHT,
    label: `Parallel coordinates of study ${data.name}: ${counted(trials.length, 'complete trial')} across ${axes.map(({ name }) => name).join(', ')}.`,
    option: {
      ...frame(`Parallel coordinates of ${data.name}`, theme, drawnWidth, trials.length === 0 ? 'No trial is complete yet.' : undefined),
      tooltip: tooltipLook(data, theme, lastEntry),
      ...(trials.length === 0
        ? {}
        : {
            parallel: MARGIN,
            parallelAxis: axes.map((axis, dim) =>
              axisOption(
                axis,
                dim,
                lines.some((line) => line[dim] === ABSENT),
                theme,
              ),
            ),
            visualMap: colourBar([colours.best, colours.worst], axes.length, theme),
            series: [
              {
                type: 'parallel',
                smooth: false,
                inactiveOpacity: 0.04,
                activeOpacity: 1,
                lineStyle: { width: 1.5, opacity: 0.7 },
                data: lines,
              },
            ],
          }),
    },
  };
}

function axesOf({ parameters }: PictureData, trials: readonly CompleteTrial[]): readonly Axis[] {
  const values = trials.map(({ value }) => value);
  const valueScale = numberScale(...extentOf(values.length === 0 ? [0, 1] : values), { log: isWide(values) });
  return [
    { name: 'value', scale: valueScale, of: ({ value }) => valueScale.shareOf(value) },
    ...parameters.map(({ name, parameter }) => {
      const scale = scaleOf(parameter);
      return {
        name: 'log' in parameter && parameter.log ? `${name} (log)` : name,
        scale,
        of: ({ settings }: CompleteTrial) => (settings[name] === undefined ? ABSENT : scale.shareOf(settings[name])),
      };
    }),
  ];
}

function axisOption({ name, scale }: Axis, dim: number, absent: boolean, theme: Theme): Readonly<Record<string, unknown>> {
  const ticks = [...(absent ? [{ at: ABSENT, label: 'absent' }] : []), ...scale.ticks];
  const labels = new Map(ticks.map(({ at, label }) => [at, label]));
  return {
    dim,
    name,
    type: 'value',
    min: absent ? ABSENT : 0,
    max: 1,
    nameGap: 14,
    nameTextStyle: { color: theme.ink, fontSize: 12, fontWeight: dim === 0 ? 600 : 400 },
    nameTruncate: { maxWidth: AXIS_WIDTH - 8, ellipsis: '…' },
    axisLine: { lineStyle: { color: theme.quiet } },
    axisTick: { customValues: [...labels.keys()], lineStyle: { color: theme.quiet } },
    axisLabel: {
      customValues: [...labels.keys()],
      formatter: (at: number) => labels.get(at) ?? '',
      color: theme.quiet,
      fontSize: 11,
      textBorderColor: theme.paper,
      textBorderWidth: 3,
    },
    splitLine: { show: false },
    areaSelectStyle: { width: 16, borderColor: theme.complete, color: theme.complete, opacity: 0.25 },
  };
}
