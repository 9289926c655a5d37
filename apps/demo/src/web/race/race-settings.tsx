import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { NumberField } from '../shell/number-field.tsx';
import { SelectField } from '../shell/select-field.tsx';
import { MOST_STEPS, type RaceState } from './race-state.ts';
import { rateSchedules } from './rules.ts';

/** What all racers share: start, steps, noise, seed, schedule, and what is seen of the plane. */
export function RaceSettings({ state }: { readonly state: Signal<RaceState> }): JSX.Element {
  const { start, steps, noise, seed, schedule, range } = state.value;
  const set = (part: Partial<RaceState>): void => {
    state.value = { ...state.value, ...part };
  };
  const setRange = (part: Partial<RaceState['range']>): void => {
    const next = { ...range, ...part };
    if (next.left < next.right && next.bottom < next.top) set({ range: next });
  };
  return (
    <fieldset class="settings">
      <legend>Race</legend>
      <div class="fields">
        <NumberField label="Start x" value={start[0]} onNumber={(x) => set({ start: [x, start[1]] })} />
        <NumberField label="Start y" value={start[1]} onNumber={(y) => set({ start: [start[0], y] })} />
        <NumberField
          label="Steps"
          value={steps}
          min={1}
          max={MOST_STEPS}
          step={1}
          onNumber={(value) => set({ steps: Math.min(MOST_STEPS, Math.max(1, Math.round(value))), at: undefined })}
        />
        <NumberField label="Noise of the gradient" value={noise} min={0} onNumber={(value) => set({ noise: Math.max(0, value) })} />
        <NumberField label="Seed of the noise" value={seed} step={1} onNumber={(value) => set({ seed: Math.round(value) })} />
        <SelectField label="Rate's schedule" value={schedule} onSelect={(name) => set({ schedule: name })}>
          {rateSchedules().map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
      </div>
      <details>
        <summary>What is seen of the plane</summary>
        <div class="fields">
          <NumberField label="Left" value={range.left} onNumber={(left) => setRange({ left })} />
          <NumberField label="Right" value={range.right} onNumber={(right) => setRange({ right })} />
          <NumberField label="Bottom" value={range.bottom} onNumber={(bottom) => setRange({ bottom })} />
          <NumberField label="Top" value={range.top} onNumber={(top) => setRange({ top })} />
        </div>
      </details>
    </fieldset>
  );
}
