import type { JSX } from 'preact';
import { valuesOf } from './course.ts';
import { SHAPES, usualValues } from './shapes.ts';
import { SmallPlot } from './small-plot.tsx';

const STEPS = 240;
const PLOTS = SHAPES.map((shape) => ({ name: shape.name, values: valuesOf(shape.make(usualValues(shape)), STEPS) }));

export interface GalleryProps {
  /** The names that are in use. */
  readonly used: readonly string[];
  onChoose(name: string): void;
}

/** Every schedule, plotted small; one is chosen by a click. */
export function Gallery({ used, onChoose }: GalleryProps): JSX.Element {
  return (
    <ul class="gallery" aria-label="All schedules">
      {PLOTS.map(({ name, values }) => (
        <li key={name}>
          <button type="button" aria-pressed={used.includes(name)} onClick={() => onChoose(name)}>
            <SmallPlot values={values} />
            <span>{name}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
