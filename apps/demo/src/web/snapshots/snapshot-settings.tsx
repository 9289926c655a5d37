import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { DialField, type DialFieldProps } from '../schedules/dial-field.tsx';
import { CYCLES, EPOCHS, RATES, SEEDS, type SnapshotState } from './snapshot-state.ts';

const DIALS: readonly { readonly name: keyof SnapshotState; readonly label: string; readonly dial: DialFieldProps['dial'] }[] = [
  { name: 'cycles', label: 'cycles, and snapshots', dial: { ...CYCLES, kind: 'count' } },
  { name: 'rate', label: 'highest learning rate', dial: { ...RATES, kind: 'rate' } },
  { name: 'epochs', label: 'epochs of the whole run', dial: { ...EPOCHS, kind: 'count' } },
  { name: 'seed', label: 'seed of weights and batches', dial: { ...SEEDS, kind: 'count' } },
];

/** The numbers of a run, on sliders. */
export function SnapshotSettings({ state }: { readonly state: Signal<SnapshotState> }): JSX.Element {
  return (
    <fieldset class="card">
      <legend class="hidden">The run</legend>
      {DIALS.map(({ name, label, dial }) => (
        <DialField
          key={name}
          label={label}
          dial={dial}
          value={state.value[name]}
          onNumber={(value) => {
            state.value = { ...state.value, [name]: Math.min(dial.max, Math.max(dial.min, value)) };
          }}
        />
      ))}
    </fieldset>
  );
}
