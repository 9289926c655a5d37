// The other bundle: pictures as text, where there is no page to draw on.
import { newChart } from './echarts.ts';

export function svgText(option: Readonly<Record<string, unknown>>, size: { readonly width: number; readonly height: number }): string {
  const chart = newChart(null, size);
  try {
    chart.setOption(option);
    return chart.renderToSVGString();
  } finally {
    chart.dispose();
  }
}
