import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { DialField } from '../schedules/dial-field.tsx';
import { RANGES, type RegularizationState } from './regularization-state.ts';

export interface RangeDialProps {
  readonly state: Signal<RegularizationState>;
  readonly name: keyof typeof RANGES;
  readonly label: string;
}

/** A number of the state on a slider. */
export function RangeDial({ state, name, label }: RangeDialProps): JSX.Element {
  const { min, max, ...rest } = RANGES[name];
  return (
    <DialField
      label={label}
      dial={{ min, max, kind: 'whole' in rest ? 'count' : 'share' }}
      value={state.value[name]}
      onNumber={(value) => (state.value = { ...state.value, [name]: Math.min(max, Math.max(min, value)) })}
    />
  );
}
