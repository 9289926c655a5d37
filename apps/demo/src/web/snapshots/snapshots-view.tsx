import { useComputed, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo, useRef } from 'preact/hooks';
import { LineChart } from '../charts/line-chart.tsx';
import { Problems } from '../shell/problems.tsx';
import { useAddressState } from '../shell/use-address-state.ts';
import { useWorker } from '../work/use-worker.ts';
import { RescuedList } from './rescued-list.tsx';
import { snapshotAddress } from './snapshot-address.ts';
import { accuracyLines, KEY, lossLines, rateLines } from './snapshot-lines.ts';
import { percent, snapshotModel, type SnapshotModel } from './snapshot-model.ts';
import type { SnapshotAnswer, SnapshotRequest } from './snapshot-protocol.ts';
import { SnapshotSettings } from './snapshot-settings.tsx';
import { stepsOf, type SnapshotState } from './snapshot-state.ts';
import { SnapshotTable } from './snapshot-table.tsx';

/** A learning rate in cycles, a snapshot at the end of each, and what they are worth together. */
export function SnapshotsView(): JSX.Element {
  const { state, problems } = useAddressState('snapshots', snapshotAddress);
  const model = useMemo(() => snapshotModel(state), []);
  const ask = useWorker<SnapshotRequest, SnapshotAnswer>(
    () => new Worker(new URL('./snapshot-worker.ts', import.meta.url), { type: 'module', name: 'snapshots' }),
    {
      answer: model.arrived,
      failed(message) {
        model.failed();
        problems.value = [`The network could not be trained: ${message}. Turn a slider to try again.`];
      },
    },
  );
  const rates = useComputed(() => rateLines(state.value));
  const losses = useComputed(() => lossLines(state.value, model.runs.value));
  const accuracies = useComputed(() => accuracyLines(state.value, model.runs.value));
  const logarithmic = useComputed(() => true);

  const started = useRef<SnapshotState | undefined>(undefined);
  useSignalEffect(() => {
    if (started.current !== undefined && started.current !== state.value) problems.value = []; // they were of the run before
    started.current = state.value;
    model.restart(ask);
  });

  return (
    <div class="snapshots">
      <div class="intro">
        <h2>Snapshot ensemble</h2>
        <p class="quiet">
          A learning rate that falls and starts again takes one network through several minima. A snapshot at the end of each cycle makes an
          ensemble out of one training.
        </p>
      </div>
      <Problems texts={problems} />
      <section class="side" aria-label="Settings">
        <h3>Run</h3>
        <SnapshotSettings state={state} />
        <Verdict model={model} steps={stepsOf(state.value)} />
      </section>
      <section class="stage" aria-label="Plots">
        <ul class="key">
          {KEY.map(({ label }, i) => (
            <li key={label} class={`key-${i}`}>
              {label}
            </li>
          ))}
          <li class="key-dot">a snapshot</li>
        </ul>
        <h3>Learning rate</h3>
        <LineChart label="The learning rate at each step, with a dot where each snapshot is taken." lines={rates} />
        <h3>Loss while it trains</h3>
        <LineChart
          label="The loss of the batches, a mean over fifteen of them, with a dot where each snapshot is taken."
          lines={losses}
          logarithmic={logarithmic}
        />
        <h3>Right on 2,000 digits that it has not seen, in percent, snapshot by snapshot</h3>
        <LineChart label="The accuracy of each snapshot and of all so far together; the table below has the numbers." lines={accuracies} />
        <SnapshotTable state={state.value} model={model} />
        <RescuedList model={model} />
      </section>
    </div>
  );
}

/** What the ensemble is worth against the last model alone. */
function Verdict({ model, steps }: { readonly model: SnapshotModel; readonly steps: number }): JSX.Element {
  const { cycles, single } = model.runs.value;
  const last = cycles.snapshots.at(-1);
  const of = `step ${Math.max(cycles.losses.length, single.losses.length)} of ${steps}`;
  return (
    <div class="card snapshot-verdict">
      <dl>
        <dt>all snapshots together</dt>
        <dd>{last === undefined ? '–' : percent(last.ensemble.accuracy)}</dd>
        <dt>the last model alone</dt>
        <dd>{last === undefined ? '–' : percent(last.alone.accuracy)}</dd>
        <dt>one long cycle instead</dt>
        <dd>{single.snapshots[0] === undefined ? '–' : percent(single.snapshots[0].alone.accuracy)}</dd>
      </dl>
      <p class="quiet snapshot-progress">
        {model.running.value ? `Training, ${single.losses.length > 0 ? 'one long cycle' : 'in cycles'}: ${of}` : ''}
      </p>
      <p role="status" class="hidden">
        {model.running.value || last === undefined
          ? ''
          : `Trained: together ${percent(last.ensemble.accuracy)} right, the last model alone ${percent(last.alone.accuracy)}.`}
      </p>
    </div>
  );
}
