import { useComputed } from '@preact/signals';
import type { JSX } from 'preact';
import { useEffect, useMemo, useRef } from 'preact/hooks';
import { Problems } from '../shell/problems.tsx';
import { useAddressState } from '../shell/use-address-state.ts';
import { CurveCharts } from './curve-charts.tsx';
import { DigitPad } from './digit-pad.tsx';
import { JudgedTables } from './judged-tables.tsx';
import { PastRuns } from './past-runs.tsx';
import { readConfig, writeConfig } from './train-address.ts';
import { hear, trainModel } from './train-model.ts';
import type { TrainConfig, TrainRequest } from './train-protocol.ts';
import { trainRunner, type TrainRunner } from './train-runner.ts';
import { TrainSettings } from './train-settings.tsx';

/** The MNIST recipe, trained on the visitor's machine. */
export function TrainView(): JSX.Element {
  const { state, problems } = useAddressState('train', { read: readConfig, write: writeConfig });
  const model = useMemo(trainModel, []);
  const runner = useRef<TrainRunner | undefined>(undefined);
  useEffect(() => {
    runner.current = trainRunner((answer) => hear(model, answer));
    return () => runner.current?.close();
  }, []);
  const told = useComputed(() => [...problems.value, ...model.problems.value]);
  const ask = (request: TrainRequest): void => runner.current?.ask(request);
  const start = (id: string, config: TrainConfig, resume: boolean): void => {
    Object.assign(model.problems, { value: [] });
    Object.assign(model.judged, { value: undefined });
    Object.assign(model.answers, { value: [] });
    model.kept.value = undefined;
    model.phase.value = 'starting';
    ask({ type: 'start', id, config, resume });
  };
  const phase = model.phase.value;
  const { step = 0, steps = 0, verdict } = model.record.value ?? {};
  const busy = phase === 'running' || phase === 'held';
  const judged = model.judged.value;
  return (
    <div class="train">
      <div class="intro">
        <h2>Train on handwritten digits</h2>
        <p class="quiet">
          The recipe of <code>npm start</code>, in a worker of this page: a small convnet learns MNIST on your machine. The run is kept in this browser and goes on where it was, bit for bit.
        </p>
      </div>
      <Problems texts={told} />
      <div class="stage">
        <section aria-label="Run">
          <div class="steering">
            <button type="button" class="primary" disabled={phase !== 'idle' || model.choices.value === undefined} onClick={() => start(crypto.randomUUID(), state.value, false)}>
              Start
            </button>
            <button type="button" disabled={!busy} onClick={() => ask({ type: phase === 'held' ? 'resume' : 'pause' })}>
              {phase === 'held' ? 'Resume' : 'Pause'}
            </button>
            <button type="button" disabled={!busy} onClick={() => ask({ type: 'stop' })}>
              Stop
            </button>
            <button type="button" disabled={phase !== 'running'} onClick={() => ask({ type: 'checkpoint' })}>
              Checkpoint
            </button>
          </div>
          <progress aria-label="Progress of the run" max={Math.max(1, steps)} value={step} />
          <p class="quiet">
            Step {step} of {steps}; {model.kept.value === undefined ? 'no checkpoint yet' : `last checkpoint at step ${model.kept.value}`}
          </p>
          <p role="status" class="told">
            {model.told.value}
          </p>
        </section>
        <CurveCharts record={model.record} />
        <section aria-label="Doctor" class="verdict">
          <h3>What the doctor says</h3>
          {verdict === undefined ? (
            <p class="quiet">It reads the curves after each epoch.</p>
          ) : (
            <p>
              After epoch {verdict.epochs}: <strong>{verdict.finding.replaceAll('_', ' ')}</strong> ({Math.round(100 * verdict.confidence)} %). {verdict.symptom}. {verdict.advice}
            </p>
          )}
        </section>
        {judged !== undefined && (
          <section aria-label="Result" class="judged">
            <JudgedTables judged={judged} />
            <DigitPad answers={model.answers.value} onDigit={(picture) => ask({ type: 'ask', picture })} />
          </section>
        )}
        <PastRuns
          runs={model.runs}
          disabled={phase !== 'idle'}
          onResume={({ id, config }) => start(id, config, true)}
          onForget={({ id }) => ask({ type: 'forget', id })}
        />
      </div>
      <section class="side" aria-label="Settings">
        <TrainSettings config={state} choices={model.choices.value} disabled={phase !== 'idle'} />
      </section>
    </div>
  );
}
