import type { Parameter } from '@downhill/core';
import { numberText } from '@downhill/core/page';
import { colourBar } from '../colour-bar.ts';
import { axisLook, counted, frame, valueName, type Picture } from '../picture.ts';
import { completeTrials, type PictureData } from '../picture-data.ts';
import { isWide, shortened } from '../scale.ts';
import type { Theme } from '../theme.ts';
import { lastEntry, tooltipLook } from '../tooltip.ts';

const PANEL = { width: 250, height: 190, gap: 46 };
const MARGIN = { left: 78, right: 110, top: 56, bottom: 64 };
const LABEL_SIGNS = 12;

/** One panel a parameter: the value of each complete trial that has it over its setting; the later the trial, the stronger its colour. */
export function slice(data: PictureData, theme: Theme, width: number): Picture {
  const { parameters } = data;
  const trials = completeTrials(data);
  const room = width - MARGIN.left - MARGIN.right + PANEL.gap;
  const columns = Math.max(1, Math.min(parameters.length, Math.floor(room / (PANEL.width + PANEL.gap))));
  const panelWidth = room / columns - PANEL.gap;
  const rows = Math.max(1, Math.ceil(parameters.length / columns));
  const last = Math.max(1, ...trials.map(({ number }) => number));
  const log = isWide(trials.map(({ value }) => value));
  const panels = parameters.map(({ name, parameter }, i) => {
    const [column, row] = [i % columns, Math.floor(i / columns)];
    return {
      grid: {
        left: MARGIN.left + column * (panelWidth + PANEL.gap),
        top: MARGIN.top + row * (PANEL.height + MARGIN.bottom),
        width: panelWidth,
        height: PANEL.height,
      },
      xAxis: { gridIndex: i, ...settingAxis(name, parameter, theme, panelWidth) },
      yAxis: {
        gridIndex: i,
        type: log ? 'log' : 'value',
        scale: true,
        ...axisLook(column === 0 ? valueName(data) : '', theme, 56),
        axisLabel: {
          color: theme.quiet,
          fontSize: 11,
          hideOverlap: true,
          show: column === 0,
          formatter: (value: number) => numberText(value),
        },
      },
      series: {
        type: 'scatter',
        name,
        xAxisIndex: i,
        yAxisIndex: i,
        symbolSize: 7,
        itemStyle: { opacity: 0.85 },
        data: trials
          .filter(({ settings }) => settings[name] !== undefined)
          .map(({ settings, value, number }) => [placeOf(parameter, settings[name]), value, number / last, number]),
      },
    };
  });
  return {
    width,
    height: MARGIN.top + rows * (PANEL.height + MARGIN.bottom),
    label: `Slices of study ${data.name}: the values of ${counted(trials.length, 'complete trial')} over each of ${parameters.map(({ name }) => name).join(', ')}.`,
    option: {
      ...frame(`Slices of ${data.name}`, theme, width, trials.length === 0 ? 'No trial is complete yet.' : undefined),
      tooltip: tooltipLook(data, theme, lastEntry),
      ...(trials.length === 0
        ? {}
        : {
            grid: panels.map(({ grid }) => grid),
            xAxis: panels.map(({ xAxis }) => xAxis),
            yAxis: panels.map(({ yAxis }) => yAxis),
            series: panels.map(({ series }) => series),
            visualMap: { ...colourBar([`trial ${last}`, 'trial 0'], 2, theme), top: MARGIN.top },
          }),
    },
  };
}

/** Categories are told apart by their place: `1`, `'1'` and `true` may be choices of one parameter. */
const placeOf = (parameter: Parameter, setting: unknown): unknown =>
  parameter.kind === 'categorical' ? (parameter.choices as readonly unknown[]).indexOf(setting) : setting;

function settingAxis(name: string, parameter: Parameter, theme: Theme, width: number): Readonly<Record<string, unknown>> {
  const look = { ...axisLook(name, theme, 30), nameTruncate: { maxWidth: width, ellipsis: '…' } };
  if (parameter.kind === 'categorical')
    return {
      ...look,
      type: 'category',
      data: parameter.choices.map((choice) => shortened(String(choice), LABEL_SIGNS)),
      axisLabel: {
        color: theme.quiet,
        fontSize: 11,
        interval: 0,
        width: width / parameter.choices.length - 4,
        overflow: 'truncate',
        ellipsis: '…',
      },
      splitLine: { show: false },
    };
  if (parameter.kind === 'fixed') return look;
  const { low, high, log } = parameter;
  return {
    ...look,
    name: log ? `${name} (log)` : name,
    type: log ? 'log' : 'value',
    ...(high > low ? { min: low, max: high } : {}),
    axisLabel: { color: theme.quiet, fontSize: 11, hideOverlap: true, formatter: (value: number) => numberText(value, 3) },
  };
}
