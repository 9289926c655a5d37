import { numberText } from '@downhill/core/page';
import { isBetter } from '../../view/trials.ts';
import { axisLook, counted, frame, legendLook, SIDE, valueName, type Picture } from '../picture.ts';
import { completeTrials, type PictureData, type PictureTrial } from '../picture-data.ts';
import { isWide } from '../scale.ts';
import type { Theme } from '../theme.ts';
import { lastEntry, tooltipLook } from '../tooltip.ts';

const HEIGHT = 380;

/** The value of each trial, the best so far as a line; what was pruned is at its last report, what failed at the bottom. */
export function history(data: PictureData, theme: Theme, width: number): Picture {
  const { trials } = data;
  const points = trials.filter(({ state, value, repeats }) => state === 'complete' && value !== undefined && repeats === undefined);
  const repeats = trials.filter(({ state, value, repeats: of }) => state === 'complete' && value !== undefined && of !== undefined);
  const stopped = trials.filter(({ state }) => state === 'pruned');
  const failures = trials.filter(({ state }) => state === 'failed');
  const values = trials.flatMap((trial) => heightOf(trial) ?? []);
  const bottom = (trial: PictureTrial) => [trial.number, 0, trial.number];
  const marks = (name: string, symbol: string, color: string, symbolSize = 8) => ({
    type: 'scatter',
    name,
    symbol,
    symbolSize,
    itemStyle: { color, opacity: 0.85 },
  });
  const series = [
    { ...marks('complete', 'circle', theme.complete, 7), data: points.map(atValue) },
    { ...marks('repeat', 'emptyDiamond', theme.complete), data: repeats.map(atValue) },
    { ...marks('pruned', 'triangle', theme.pruned), data: stopped.filter((trial) => heightOf(trial) !== undefined).map(atValue) },
    {
      ...marks('pruned', 'triangle', theme.pruned),
      yAxisIndex: 1,
      data: stopped.filter((trial) => heightOf(trial) === undefined).map(bottom),
    },
    { ...marks('failed', CROSS, theme.failed), yAxisIndex: 1, data: failures.map(bottom) },
    {
      type: 'line',
      name: 'best so far',
      step: 'end',
      symbol: 'none',
      lineStyle: { color: theme.ink, width: 1.5 },
      itemStyle: { color: theme.ink },
      data: bestSoFar(data),
      tooltip: { show: false },
    },
  ].filter(({ data: drawn }) => drawn.length > 0);
  return {
    width,
    height: HEIGHT,
    label: labelOf(data),
    option: {
      ...frame(`History of ${data.name}`, theme, width, series.length === 0 ? 'No trial has ended yet.' : undefined),
      legend: legendLook([...new Set(series.map(({ name }) => name))], theme),
      tooltip: tooltipLook(data, theme, lastEntry),
      grid: { left: 72, right: SIDE, top: 68, bottom: 52 },
      xAxis: {
        type: 'value',
        ...axisLook('trial', theme, 30),
        min: -0.5,
        max: Math.max(trials.length - 0.5, 0.5),
        minInterval: 1,
        axisLabel: { ...labelled(theme), formatter: (at: number) => (Number.isInteger(at) ? String(at) : '') },
      },
      yAxis: [
        { type: isWide(values) ? 'log' : 'value', scale: true, ...axisLook(valueName(data), theme, 54), axisLabel: labelled(theme) },
        { type: 'value', min: 0, max: 1, show: false },
      ],
      series,
    },
  };
}

const CROSS = 'path://M1 0L5 4L9 0L10 1L6 5L10 9L9 10L5 6L1 10L0 9L4 5L0 1Z';

const labelled = (theme: Theme) => ({
  color: theme.quiet,
  fontSize: 11,
  hideOverlap: true,
  formatter: (value: number) => numberText(value),
});

/** A complete trial's value; a pruned one's last report that is a number. */
const heightOf = ({ state, value, reports }: PictureTrial): number | undefined =>
  value ?? (state === 'pruned' ? (reports.findLast(([, reported]) => reported !== null)?.[1] ?? undefined) : undefined);

const atValue = (trial: PictureTrial) => [trial.number, heightOf(trial), trial.number];

function bestSoFar(data: PictureData): [number, number][] {
  let best: number | undefined;
  const line: [number, number][] = [];
  for (const { number, value } of completeTrials(data)) {
    if (best === undefined || isBetter(data.direction, value, best)) best = value;
    line.push([number, best]);
  }
  return line;
}

function labelOf({ name, trials, best }: PictureData): string {
  const count = (state: PictureTrial['state']) => trials.filter((trial) => trial.state === state).length;
  const value = best === undefined ? undefined : trials[best]?.value;
  const end = value === undefined ? 'none is complete' : `the best value is ${numberText(value, 6)}, of trial ${best}`;
  return `History of study ${name}: ${counted(trials.length, 'trial')}, ${count('complete')} complete, ${count('pruned')} pruned, ${count('failed')} failed; ${end}.`;
}
