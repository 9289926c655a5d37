import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { MOST_PHASES, MOST_STEPS, type Course, type Phase } from './course.ts';
import { DialField } from '../shell/dial-field.tsx';
import { PhaseCard } from './phase-card.tsx';

/** The parts of a course: warm-up, and schedules one after the other. */
export function CourseSettings({ state }: { readonly state: Signal<Course> }): JSX.Element {
  const { steps, warmup, phases } = state.value;
  const set = (part: Partial<Course>): void => {
    state.value = { ...state.value, ...part };
  };
  const setPhase = (index: number, phase: Phase): void => set({ phases: phases.map((other, i) => (i === index ? phase : other)) });
  return (
    <>
      <fieldset class="card">
        <legend class="hidden">The run</legend>
        <DialField
          label="steps of the run"
          dial={{ min: 20, max: MOST_STEPS, kind: 'steps' }}
          value={steps}
          onNumber={(value) => set({ steps: Math.min(MOST_STEPS, Math.max(2, value)), warmup: Math.min(warmup, Math.max(2, value)) })}
        />
        <DialField
          label="warm-up steps"
          dial={{ min: 0, max: steps, kind: 'steps' }}
          value={warmup}
          onNumber={(value) => set({ warmup: Math.min(steps, Math.max(0, value)) })}
        />
      </fieldset>
      {phases.map((phase, index) => (
        <PhaseCard
          key={index}
          phase={phase}
          index={index}
          last={index === phases.length - 1}
          onChange={(next) => setPhase(index, next)}
          onRemove={phases.length === 1 ? undefined : () => set({ phases: phases.filter((_, i) => i !== index) })}
        />
      ))}
      <button
        type="button"
        disabled={phases.length >= MOST_PHASES}
        onClick={() => set({ phases: [...phases, { shape: 'constant', values: { value: 0.01 }, length: 100 }] })}
      >
        Then another schedule
      </button>
    </>
  );
}
