import { colourOf, numberText } from '@downhill/core/page';
import { useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useRef } from 'preact/hooks';
import { freshContext } from '../charts/canvas-context.ts';
import { useSize } from '../charts/use-size.ts';
import { paletteNow } from '../race/picture/palette.ts';
import { RacerMark } from '../race/racer-mark.tsx';
import { dark } from '../shell/theme.ts';
import { drawGround, drawTrials } from './draw-search.ts';
import type { SearchWay } from './run-search.ts';
import { bestOf, valuesTried, type SearchModel } from './search-model.ts';

export interface SearchPanelProps {
  readonly way: SearchWay;
  readonly index: number;
  readonly model: SearchModel;
}

/** One search: its trials on the square, with their projections on both axes. */
export function SearchPanel({ way: { name, lesson }, index, model }: SearchPanelProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const ground = useRef<HTMLCanvasElement>(null);
  const top = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const trials = model.trials.value[index] ?? [];
  const seen = trials.slice(0, model.shown.value);
  const best = bestOf(trials, model.shown.value);

  useSignalEffect(() => {
    const [now, problem, field, palette] = [size.value, model.problem.value, model.field.value, paletteNow(dark.value)];
    const later = setTimeout(() => {
      const context = freshContext(ground.current, now.width, now.height);
      if (context !== undefined) drawGround(context, now, problem, field, palette);
    }); // a task of its own for each panel: three contours at once take too long
    return () => clearTimeout(later);
  });
  useSignalEffect(() => {
    const { width, height } = size.value;
    const context = freshContext(top.current, width, height);
    const all = model.trials.value[index] ?? [];
    const shown = model.shown.value;
    if (context === undefined) return;
    const drawn = { trials: all, shown, best: bestOf(all, shown)?.index, index, colour: colourOf(index) };
    drawTrials(context, size.value, model.problem.value, drawn, paletteNow(dark.value));
  });
  return (
    <figure class="search-panel">
      <figcaption>
        <h3>
          <RacerMark index={index} colour={colourOf(index)} /> {name}
        </h3>
        <p class="quiet">{lesson}</p>
      </figcaption>
      <div
        class="search-square"
        ref={box}
        role="img"
        aria-label={`${name}: ${seen.length} trials on the square; the table below has the numbers.`}
      >
        <canvas ref={ground} />
        <canvas ref={top} />
      </div>
      <p class="search-found">
        best loss <output>{best?.trial.loss === undefined ? '–' : numberText(best.trial.loss, 3)}</output>
        <br />
        <span class="quiet">
          {valuesTried(seen, 'x')} values of {model.problem.value.across.label} in {seen.length} trials
        </span>
      </p>
    </figure>
  );
}
