import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { Problems } from '../shell/problems.tsx';
import { useAddressState } from '../shell/use-address-state.ts';
import { CurveCharts } from './curve-charts.tsx';
import { DigitPad } from './digit-pad.tsx';
import { JudgedTables } from './judged-tables.tsx';
import { PastRuns } from './past-runs.tsx';
import { SteeringBar } from './steering-bar.tsx';
import { readConfig, writeConfig } from './train-address.ts';
import { clear } from './train-model.ts';
import type { TrainConfig } from './train-protocol.ts';
import { TrainSettings } from './train-settings.tsx';
import { theTrainer } from './trainer.ts';
import { VerdictCard } from './verdict-card.tsx';

/** The MNIST recipe, trained on the visitor's machine. */
export function TrainView(): JSX.Element {
  const { state, problems } = useAddressState('train', { read: readConfig, write: writeConfig });
  const { model, ask } = theTrainer();
  const texts = useComputed(() => [...problems.value, ...model.problems.value]);
  const start = (id: string, config: TrainConfig, resume: boolean): void => {
    problems.value = [];
    clear(model);
    model.phase.value = 'busy';
    ask({ type: 'start', id, config, resume });
  };
  const idle = model.phase.value === 'idle';
  return (
    <div class="train">
      <div class="intro">
        <h2>Train on handwritten digits</h2>
        <p class="quiet">
          The recipe of <code>npm start</code>, in a worker of this page: a small convnet learns MNIST on your machine. Each run is kept in
          this browser and goes on where it was, bit for bit, also after the page was closed.
        </p>
      </div>
      <Problems texts={texts} />
      <SteeringBar model={model} ask={ask} onStart={() => start(crypto.randomUUID(), state.value, false)} />
      <section class="side" aria-label="Settings">
        <TrainSettings config={state} choices={model.choices.value} disabled={!idle} />
      </section>
      <div class="stage">
        <CurveCharts record={model.record} />
        <VerdictCard verdict={model.record.value?.verdict} />
        <JudgedTables judged={model.judged.value} />
        <DigitPad
          ready={model.judged.value !== undefined}
          picture={model.picture}
          digit={model.digit.value}
          answers={model.answers.value}
          onDigit={(picture) => {
            model.picture.value = picture;
            model.digit.value = undefined;
            ask({ type: 'ask', picture });
          }}
          onTestDigit={(index) => ask({ type: 'show', index })}
        />
        <PastRuns
          runs={model.runs}
          disabled={!idle}
          onResume={({ id, config }) => start(id, config, true)}
          onForget={({ id }) => ask({ type: 'forget', id })}
        />
      </div>
    </div>
  );
}
