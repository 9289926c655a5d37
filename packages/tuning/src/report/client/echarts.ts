import { LineChart, ParallelChart, ScatterChart } from 'echarts/charts';
import {
  GridComponent,
  LegendComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
} from 'echarts/components';
import { init, use, type ECharts } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';

const PARTS = [
  LineChart,
  ParallelChart,
  ScatterChart,
  GridComponent,
  LegendComponent,
  ParallelComponent,
  TitleComponent,
  TooltipComponent,
  VisualMapContinuousComponent,
  SVGRenderer,
];

/** A chart in an element, or on none to be had as text. */
export function newChart(place: HTMLElement | null, size: { readonly width: number; readonly height: number }): ECharts {
  use(PARTS);
  return init(place, null, { renderer: 'svg', ssr: place === null, ...size });
}
