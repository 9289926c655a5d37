import type { JSX } from 'preact';
import type { TrainModel } from './train-model.ts';
import type { TrainRequest } from './train-protocol.ts';

export interface SteeringBarProps {
  readonly model: TrainModel;
  ask(request: TrainRequest): void;
  onStart(): void;
}

/** What can be asked of a run, and where it stands. */
export function SteeringBar({ model, ask, onStart }: SteeringBarProps): JSX.Element {
  const phase = model.phase.value;
  const { step = 0, steps = 0, curves = {} } = model.record.value ?? {};
  const pace = curves['ms per step']?.values.at(-1);
  const held = phase === 'held';
  return (
    <section aria-label="Run">
      <div class="steering">
        <button type="button" class="primary" disabled={phase !== 'idle' || model.choices.value === undefined} onClick={onStart}>
          Start
        </button>
        <button type="button" disabled={!held && phase !== 'running'} onClick={() => ask({ type: held ? 'resume' : 'pause' })}>
          {held ? 'Resume' : 'Pause'}
        </button>
        <button type="button" disabled={phase === 'idle'} onClick={() => ask({ type: 'stop' })}>
          Stop
        </button>
        <button type="button" disabled={phase !== 'running'} onClick={() => ask({ type: 'checkpoint' })}>
          Checkpoint
        </button>
      </div>
      <progress aria-label="Progress of the run" max={Math.max(1, steps)} value={step} />
      <p class="quiet numbers">
        Step {step} of {steps}
        {pace === undefined ? '' : `, ${pace.toFixed(pace < 100 ? 1 : 0)} ms each`};{' '}
        {model.kept.value === undefined ? 'no checkpoint yet' : `last checkpoint at step ${model.kept.value}`}
      </p>
      <p role="status" class="told">
        {model.told.value}
      </p>
    </section>
  );
}
