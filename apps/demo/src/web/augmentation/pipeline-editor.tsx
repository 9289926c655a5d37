import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { NumberField } from '../shell/number-field.tsx';
import { SelectField } from '../shell/select-field.tsx';
import { MOST_EPOCH, MOST_SEED, MOST_STEPS, type AugmentationState, type Step } from './augmentation-state.ts';
import { PIPELINES } from './pipelines.ts';
import { StepCard } from './step-card.tsx';

const OWN = 'your own';

/** The operations of the pipeline, and which numbers are drawn. */
export function PipelineEditor({ state }: { readonly state: Signal<AugmentationState> }): JSX.Element {
  const { steps, seed, epoch } = state.value;
  const set = (next: readonly Step[]): void => {
    state.value = { ...state.value, steps: next };
  };
  const written = JSON.stringify(steps);
  const named = PIPELINES.find((pipeline) => JSON.stringify(pipeline.steps) === written);
  const whole = (value: number, most: number): number => Math.min(most, Math.max(0, Math.round(value)));
  return (
    <>
      <SelectField
        label="Pipeline"
        value={named?.name ?? OWN}
        onSelect={(name) => set(PIPELINES.find((pipeline) => pipeline.name === name)?.steps ?? steps)}
      >
        {named === undefined && <option>{OWN}</option>}
        {PIPELINES.map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </SelectField>
      {steps.map((step, index) => (
        <StepCard
          key={index}
          step={step}
          index={index}
          onChange={(next) => set(steps.map((old, i) => (i === index ? next : old)))}
          onRemove={() => set(steps.filter((_, i) => i !== index))}
        />
      ))}
      <button type="button" disabled={steps.length >= MOST_STEPS} onClick={() => set([...steps, { operation: 'rotate', value: 30 }])}>
        Add an operation
      </button>
      <div class="fields">
        <NumberField
          label="Seed"
          value={seed}
          min={0}
          max={MOST_SEED}
          step={1}
          onNumber={(value) => (state.value = { ...state.value, seed: whole(value, MOST_SEED) })}
        />
        <NumberField
          label="Epoch"
          value={epoch}
          min={0}
          max={MOST_EPOCH}
          step={1}
          onNumber={(value) => (state.value = { ...state.value, epoch: whole(value, MOST_EPOCH) })}
        />
      </div>
    </>
  );
}
