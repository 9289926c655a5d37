import { useComputed, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { LineChart } from '../charts/line-chart.tsx';
import { Playback } from '../shell/playback.tsx';
import { Problems } from '../shell/problems.tsx';
import { useAddressState } from '../shell/use-address-state.ts';
import { useWorker } from '../work/use-worker.ts';
import { areLogarithmic, lossLines } from './loss-lines.ts';
import { PresetField } from './preset-field.tsx';
import { readRace, writeRace } from './race-address.ts';
import { courseOf, longest, raceModel } from './race-model.ts';
import type { RaceAnswer, RaceRequest } from './race-protocol.ts';
import { RaceSettings } from './race-settings.tsx';
import { RaceTable } from './race-table.tsx';
import { RacerList } from './racer-list.tsx';
import { Spoken } from './spoken.tsx';
import { SurfaceControls } from './surface-controls.tsx';
import { SurfacePicture } from './surface-picture.tsx';

/** Optimizers on one surface, one step at a time. */
export function RaceView(): JSX.Element {
  const { state, problems } = useAddressState('race', { read: readRace, write: writeRace });
  const model = useMemo(() => raceModel(state), []);
  const ask = useWorker<RaceRequest, RaceAnswer>(
    () => new Worker(new URL('./race-worker.ts', import.meta.url), { type: 'module', name: 'race' }),
    {
      answer: ({ racer, trace }) => model.arrived(racer, trace),
      failed(message) {
        problems.value = [`The race could not be run: ${message}. Load the page again.`];
      },
    },
  );
  const course = useComputed(() => courseOf(state.value));
  const lines = useComputed(() => lossLines(model.entries.value));
  const logarithmic = useComputed(() => areLogarithmic(model.entries.value));
  const at = useComputed(() => state.value.at ?? state.value.steps);
  const end = useComputed(() => Math.max(1, longest(model.entries.value)));

  useSignalEffect(() => {
    if (course.value !== '') model.restart(ask);
  });
  useSignalEffect(() => {
    model.playhead.value = at.value;
  });

  return (
    <div class="race">
      <div class="intro">
        <h2>Optimizer race</h2>
        <p class="quiet">
          Each optimizer is the real one of the packages, training two weights, x and y. Click the picture to choose where they start.
        </p>
      </div>
      <PresetField state={state} />
      <Problems texts={problems} />
      <section class="stage" aria-label="Picture">
        <SurfaceControls state={state} model={model} />
        <SurfacePicture state={state} model={model} />
        <Playback
          playhead={model.playhead}
          playing={model.playing}
          end={end}
          onStop={(step) => {
            state.value = { ...state.peek(), at: step };
          }}
        />
      </section>
      <section class="results" aria-label="Loss">
        <h3>Loss against steps</h3>
        <LineChart
          label="The loss of each optimizer against its steps; the table below has the numbers."
          lines={lines}
          logarithmic={logarithmic}
          marked={model.step}
        />
        <RaceTable model={model} />
        <Spoken model={model} />
      </section>
      <section class="side" aria-label="Settings">
        <RacerList state={state} model={model} />
        <RaceSettings state={state} />
      </section>
    </div>
  );
}
