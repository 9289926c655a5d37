import type { TrialState } from '@downhill/core';
import { numberText } from '@downhill/core/page';
import { axisLook, counted, frame, legendLook, SIDE, type Picture } from '../picture.ts';
import type { PictureData, PictureTrial } from '../picture-data.ts';
import { isWide } from '../scale.ts';
import type { Theme } from '../theme.ts';
import { tooltipLook } from '../tooltip.ts';

const HEIGHT = 400;
/** More lines than this are drawn fainter. */
const FEW = 30;

/** What each trial reported on the way, one line a trial; pruned ones end in a triangle. */
export function intermediateValues(data: PictureData, theme: Theme, width: number): Picture {
  const trials = data.trials.filter(({ reports }) => reports.length > 0);
  const values = trials.flatMap(({ reports }) => reports.flatMap(([, value]) => value ?? []));
  const names = [...new Set(trials.map((trial) => groupOf(data, trial)))];
  return {
    width,
    height: HEIGHT,
    label: `Intermediate values of study ${data.name}: the reports of ${counted(trials.length, 'trial')}, ${trials.filter(({ state }) => state === 'pruned').length} of them pruned.`,
    option: {
      ...frame(`Intermediate values of ${data.name}`, theme, width, trials.length === 0 ? 'No trial has reported a value.' : undefined),
      tooltip: tooltipLook(data, theme, ({ seriesId }) => Number(seriesId)),
      ...(trials.length === 0
        ? {}
        : {
            legend: legendLook(names, theme),
            grid: { left: 72, right: SIDE, top: 68, bottom: 52 },
            xAxis: { type: 'value', min: 'dataMin', max: 'dataMax', minInterval: 1, ...axisLook('step', theme, 30) },
            yAxis: {
              type: isWide(values) ? 'log' : 'value',
              scale: true,
              ...axisLook('reported value', theme, 54),
              axisLabel: { color: theme.quiet, fontSize: 11, formatter: (value: number) => numberText(value) },
            },
            series: trials.map((trial) => lineOf(trial, groupOf(data, trial), trials.length > FEW, theme)),
          }),
    },
  };
}

type Group = TrialState | 'best';

const groupOf = ({ best }: PictureData, { number, state }: PictureTrial): Group => (number === best ? 'best' : state);

function lineOf({ number, reports, state }: PictureTrial, group: Group, faint: boolean, theme: Theme): Readonly<Record<string, unknown>> {
  const color = colourOf(group, theme);
  const last = reports.findLastIndex(([, value]) => value !== null);
  const alone = reports.length === 1;
  return {
    id: String(number),
    type: 'line',
    name: group,
    data: reports.map(([step, value], i) => ({
      value: [step, value],
      symbol: i === last && state === 'pruned' ? 'triangle' : i === last && alone ? 'circle' : 'none',
    })),
    symbol: state === 'pruned' ? 'triangle' : 'circle',
    symbolSize: 7,
    showAllSymbol: true,
    sampling: 'lttb', // Steinarsson 2013: of more reports than there are pixels, those that make the shape
    triggerLineEvent: true,
    z: group === 'best' ? 4 : 2,
    itemStyle: { color, opacity: faint && group !== 'best' ? 0.6 : 1 },
    lineStyle: {
      color,
      width: group === 'best' ? 2.5 : 1.25,
      opacity: faint && group !== 'best' ? 0.45 : 0.9,
      type: state === 'pruned' ? 'dashed' : 'solid',
    },
    emphasis: { focus: 'series', lineStyle: { width: 3, opacity: 1 } },
  };
}

function colourOf(group: Group, theme: Theme): string {
  switch (group) {
    case 'best':
      return theme.ink;
    case 'complete':
    case 'pruned':
    case 'failed':
      return theme[group];
    case 'running':
    case 'waiting':
      return theme.running;
    default:
      return group satisfies never;
  }
}
