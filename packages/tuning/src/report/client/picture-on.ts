import type { Picture } from '../picture.ts';
import { newChart } from './echarts.ts';

/** In pixels; in less room a picture is scrolled. */
const LEAST_WIDTH = 420;

export interface DrawnPicture {
  /** Draws it afresh, in the width and the colours of the moment. */
  draw(): void;
}

/** A picture in its place in the page. `picked` is told which trials the brushes on parallel axes pick; undefined where they are all. */
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
      const { width, height, label, option } = pictureFor(Math.max(LEAST_WIDTH, place.parentElement?.clientWidth ?? 0));
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
  getRawIndicesByActiveState(state: 'inactive'): readonly number[];
}

/** The numbers of the trials on which the brushes of all axes agree. The model is the documented way to ask for them. */
function brushed(chart: object, lines: readonly (readonly number[])[]): ReadonlySet<number> | undefined {
  const model = (chart as { getModel(): { getSeries(): readonly ParallelSeries[] } }).getModel();
  const left = new Set(model.getSeries()[0]?.getRawIndicesByActiveState('inactive') ?? []);
  return left.size === 0 ? undefined : new Set(lines.flatMap((line, index) => (left.has(index) ? [] : (line.at(-1) ?? []))));
}

function linesOf({ series }: Picture['option']): readonly (readonly number[])[] {
  const [first] = (series ?? []) as readonly { readonly type: string; readonly data: readonly (readonly number[])[] }[];
  return first?.type === 'parallel' ? first.data : [];
}
