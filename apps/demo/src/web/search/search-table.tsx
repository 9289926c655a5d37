import { colourOf, numberText } from '@downhill/core/page';
import type { JSX } from 'preact';
import { RacerMark } from '../race/racer-mark.tsx';
import { WAYS } from './run-search.ts';
import { bestOf, valuesTried, type SearchModel } from './search-model.ts';

const NONE = '–';
const text = (value: number | undefined): string => (value === undefined ? NONE : numberText(value, 3));

/** What each search has found by the trial that is shown, in numbers. */
export function SearchTable({ model }: { readonly model: SearchModel }): JSX.Element {
  const { across, up } = model.problem.value;
  const shown = model.shown.value;
  return (
    <div class="scroll" tabIndex={0} role="region" aria-label="What the searches have found">
      <table class="search-table">
        <thead>
          <tr>
            <th scope="col">Search</th>
            <th scope="col">Trials</th>
            <th scope="col">Best loss</th>
            <th scope="col">in trial</th>
            <th scope="col">{across.label}</th>
            <th scope="col">{up.label}</th>
            <th scope="col">values tried</th>
          </tr>
        </thead>
        <tbody>
          {WAYS.map(({ name }, index) => {
            const trials = model.trials.value[index] ?? [];
            const best = bestOf(trials, shown);
            return (
              <tr key={name}>
                <th scope="row">
                  <RacerMark index={index} colour={colourOf(index)} /> {name}
                </th>
                <td>{Math.min(shown, trials.length)}</td>
                <td>{text(best?.trial.loss)}</td>
                <td>{best === undefined ? NONE : best.index + 1}</td>
                <td>{text(best?.trial.x)}</td>
                <td>{text(best?.trial.y)}</td>
                <td>{valuesTried(trials.slice(0, shown), 'x')}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
