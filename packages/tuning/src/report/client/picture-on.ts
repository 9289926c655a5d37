import type { Picture } from '../picture.ts';
import { newChart } from './echarts.ts';

export interface DrawnPicture {
  /** Draws it afresh, in the width and the colours of the moment. */
  draw(): void;
}

/** A picture in its place in the page. `picked` is told the trials that are brushed on parallel axes: all where none are. */
export function pictureOn(
  place: HTMLElement,
  pictureFor: (width: number) => Picture,
  picked: (trials: ReadonlySet<number> | undefined) => void,
): DrawnPicture {
  const chart = newChart(place, { width: 1, height: 1 });
  let lines: readonly (readonly number[])[] = [];
  chart.on('axisareaselected', () => picked(brushed(chart, lines)));
  return {
    draw() {
      const { width, height, label, option } = pictureFor(place.parentElement?.clientWidth ?? 0);
      place.setAttribute('role', 'img');
      place.setAttribute('aria-label', label);
      chart.resize({ width, height });
      chart.setOption(option, { notMerge: true });
      lines = linesOf(option);
      picked(undefined);
    },
  };
}

interface ParallelSeries {
  getRawIndicesByActiveState(state: 'active'): readonly number[];
}

/** The numbers of the trials on which the brushes of all axes agree. The model is the documented way to ask for them. */
function brushed(chart: object, lines: readonly (readonly number[])[]): ReadonlySet<number> | undefined {
  const model = (chart as { getModel(): { getSeries(): readonly ParallelSeries[] } }).getModel();
  const active = model.getSeries()[0]?.getRawIndicesByActiveState('active') ?? [];
  return active.length === 0 || active.length === lines.length ? undefined : new Set(active.flatMap((index) => lines[index]?.at(-1) ?? []));
}

function linesOf({ series }: Picture['option']): readonly (readonly number[])[] {
  const [first] = (series ?? []) as readonly { readonly type: string; readonly data: readonly (readonly number[])[] }[];
  return first?.type === 'parallel' ? first.data : [];
}
