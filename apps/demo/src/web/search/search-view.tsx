import { colourOf, numberText } from '@downhill/core/page';
import { useComputed, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { dashOf } from '../charts/dashes.ts';
import { LineChart, type Line } from '../charts/line-chart.tsx';
import { Playback } from '../shell/playback.tsx';
import { Problems } from '../shell/problems.tsx';
import { useAddressState } from '../shell/use-address-state.ts';
import { useWorker } from '../work/use-worker.ts';
import { WAYS } from './run-search.ts';
import { searchAddress } from './search-address.ts';
import { bestOf, bestSoFar, questionOf, searchModel, type SearchModel } from './search-model.ts';
import { SearchPanel } from './search-panel.tsx';
import type { SearchAnswer, SearchRequest } from './search-protocol.ts';
import { SearchSettings } from './search-settings.tsx';
import { SearchTable } from './search-table.tsx';
import { trialsOf } from './search-state.ts';

const SLOWEST = 3; // trials a second

/** Grid, random search and TPE on one question, trial by trial. */
export function SearchView(): JSX.Element {
  const { state, problems } = useAddressState('search', searchAddress);
  const model = useMemo(() => searchModel(state), []);
  const ask = useWorker<SearchRequest, SearchAnswer>(
    () => new Worker(new URL('./search-worker.ts', import.meta.url), { type: 'module', name: 'search' }),
    {
      answer: model.arrived,
      failed(message) {
        model.failed();
        problems.value = [`The search could not be run: ${message}. Load the page again.`];
      },
    },
  );
  const question = useComputed(() => JSON.stringify(questionOf(state.value)));
  const end = useComputed(() => trialsOf(state.value));
  const lines = useComputed((): readonly Line[] =>
    model.trials.value.map((trials, i) => ({
      label: WAYS[i]?.name ?? '',
      colour: colourOf(i),
      ...dashOf(i),
      values: bestSoFar(trials),
    })),
  );

  useSignalEffect(() => {
    if (question.value !== '') model.restart(ask);
  });
  useSignalEffect(() => {
    model.playhead.value = state.value.at ?? end.value;
  });

  return (
    <div class="search">
      <div class="intro">
        <h2>Grid against random search</h2>
        <p class="quiet">
          Where one number decides and the other hardly matters, a grid tries few values of the one that decides. Random search tries
          another one in every trial. The strips beside each square show the loss over one number alone.
        </p>
      </div>
      <Problems texts={problems} />
      <section class="search-panels" aria-label="Searches">
        {WAYS.map((way, index) => (
          <SearchPanel key={way.name} way={way} index={index} model={model} />
        ))}
        <Playback
          playhead={model.playhead}
          playing={model.playing}
          end={end}
          unit="trial"
          slowest={SLOWEST}
          onStop={(at) => {
            state.value = { ...state.peek(), at };
          }}
        />
      </section>
      <section class="search-side" aria-label="Settings">
        <SearchSettings state={state} />
      </section>
      <section class="search-results" aria-label="Results">
        <h3>Best loss so far</h3>
        <LineChart
          label="The best loss of each search after each trial; the table below has the numbers."
          lines={lines}
          marked={model.shown}
        />
        <SearchTable model={model} />
        <Progress model={model} />
      </section>
    </div>
  );
}

/** What is still being worked out, and what the searches came to. */
function Progress({ model }: { readonly model: SearchModel }): JSX.Element {
  const { known, of } = model.surveyed.value;
  const more = known < of ? `The picture behind the trials: ${known} of ${of} trainings.` : oddsText(model);
  return (
    <>
      <p class="quiet search-progress">{model.running.value ? 'Searching …' : more}</p>
      <p role="status" class="hidden">
        {model.running.value ? 'The searches are running.' : foundBy(model)}
      </p>
    </>
  );
}

function oddsText({ odds }: SearchModel): string {
  const { seeds, wins = [] } = odds.value ?? {};
  const [, ...others] = WAYS.map(({ name }, i) => `${name} in ${wins[i]}`);
  return seeds === undefined ? '' : `Of ${seeds} seeds, these end lower than the grid: ${others.join(', ')}.`;
}

function foundBy({ trials }: SearchModel): string {
  const found = WAYS.flatMap(({ name }, i) => {
    const loss = bestOf(trials.value[i] ?? [], Infinity)?.trial.loss;
    return loss === undefined ? [] : [`${name} ${numberText(loss, 3)}`];
  });
  return `The best losses: ${found.join(', ')}.`;
}
