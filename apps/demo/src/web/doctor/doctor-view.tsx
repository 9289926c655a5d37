import { useComputed, useSignal, useSignalEffect } from '@preact/signals';
import type { JSX } from 'preact';
import { LineChart } from '../charts/line-chart.tsx';
import { NumberField } from '../shell/number-field.tsx';
import { Problems } from '../shell/problems.tsx';
import { useAddressState } from '../shell/use-address-state.ts';
import { accuracyLines, areHuge, lossLines, rateLines } from './curve-lines.ts';
import { useWorker } from '../work/use-worker.ts';
import { readDoctor, writeDoctor, type DoctorState } from './doctor-address.ts';
import type { DoctorAnswer, DoctorRequest } from './doctor-protocol.ts';
import type { Look } from './provoked-run.ts';
import { SENSIBLE } from './recipe.ts';
import { symptomOf, SYMPTOMS } from './symptoms.ts';
import { Verdict } from './verdict.tsx';

/** The doctor's gallery: each symptom provoked by a click in a real run, and recognized as its curve grows. */
export function DoctorView(): JSX.Element {
  const { state, problems } = useAddressState('doctor', { read: readDoctor, write: writeDoctor });
  const look = useSignal<Look | undefined>(undefined);
  const running = useSignal(true);
  const epochs = useComputed(() => ({ ...SENSIBLE, ...symptomOf(state.value.finding).change }).epochs);
  const losses = useComputed(() => lossLines(look.value?.curves, epochs.value));
  const huge = useComputed(() => areHuge(look.value?.curves));
  const accuracies = useComputed(() => accuracyLines(look.value?.curves, epochs.value));
  const rates = useComputed(() => rateLines(look.value?.curves, epochs.value));

  const ask = useWorker<DoctorRequest, DoctorAnswer>(
    () => new Worker(new URL('./doctor-worker.ts', import.meta.url), { type: 'module', name: 'doctor' }),
    {
      answer({ look: next, ended }) {
        if (next !== undefined) look.value = next;
        running.value = !ended;
      },
      failed(message) {
        running.value = false;
        problems.value = [`The run could not be made: ${message}. Load the page again.`];
      },
    },
  );
  const start = (request: DoctorState): void => {
    look.value = undefined;
    running.value = true;
    ask(request);
  };
  useSignalEffect(() => start(state.value));

  const { finding, seed } = state.value;
  const chosen = symptomOf(finding);
  return (
    <div class="doctor">
      <div class="intro">
        <h2>The doctor’s gallery</h2>
        <p class="quiet">
          Choose what goes wrong: a small network is really trained that way, here and now, and the curve doctor reads its curves as they
          grow.
        </p>
      </div>
      <ul class="symptoms" aria-label="Symptoms">
        {SYMPTOMS.map(({ finding: name, title, slide }) => (
          <li key={name}>
            <button type="button" aria-pressed={name === finding} onClick={() => (state.value = { finding: name, seed })}>
              <span>{title}</span>
              <small class="quiet">{slide === undefined ? name.replaceAll('_', ' ') : `slide ${slide}`}</small>
            </button>
          </li>
        ))}
      </ul>
      <Problems texts={problems} />
      <section class="stage" aria-label="Curves">
        <p class="provoked">{chosen.provoked}</p>
        <h3>Loss over epochs</h3>
        <LineChart label="Training and validation loss after each epoch." lines={losses} logarithmic={huge} />
        <ul class="key">
          <li class="key-0">training</li>
          <li class="key-1">validation</li>
        </ul>
        <div class="pair">
          <div>
            <h3>Accuracy</h3>
            <LineChart label="Training and validation accuracy after each epoch." lines={accuracies} height={170} />
          </div>
          <div>
            <h3>Learning rate</h3>
            <LineChart label="The learning rate at the end of each epoch." lines={rates} height={170} />
          </div>
        </div>
      </section>
      <section class="side" aria-label="The doctor">
        <h3>The doctor</h3>
        <div class="card verdict">
          <Verdict look={look.value} running={running.value} />
        </div>
        <p role="status" class="hidden">
          {!running.value && look.value !== undefined ? `The run is over. ${look.value.diagnosis.explanation}` : ''}
        </p>
        <div class="tools">
          <button type="button" class="primary" onClick={() => start(state.value)}>
            Run again
          </button>
          <NumberField
            label="Seed"
            value={seed}
            min={0}
            step={1}
            onNumber={(value) => (state.value = { finding, seed: Math.max(0, Math.round(value)) })}
          />
        </div>
        <p class="quiet">
          Ten classes of points in sixteen dimensions, some thousand of them; a dense network on the <code>cpu</code> backend, in a worker.
        </p>
      </section>
    </div>
  );
}
