import { numberText } from '@downhill/core/page';
import type { JSX } from 'preact';
import type { RaceModel } from './race-model.ts';

/** What a race came to, for those who listen to the page. */
export function Spoken({ model }: { readonly model: RaceModel }): JSX.Element {
  return (
    <p role="status" class="hidden">
      {model.running.value ? 'The race is running.' : resultOf(model)}
    </p>
  );
}

function resultOf({ entries }: RaceModel): string {
  const best = entries.value
    .map(({ name, trace }) => ({ name, loss: trace?.losses.at(-1) ?? Number.NaN }))
    .filter(({ loss }) => Number.isFinite(loss))
    .sort((a, b) => a.loss - b.loss)[0];
  return best === undefined
    ? 'No optimizer has run.'
    : `The race is over: ${best.name} is lowest, with a loss of ${numberText(best.loss, 3)}.`;
}
