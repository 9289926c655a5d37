import type { JSX } from 'preact';
import { SelectField } from '../shell/select-field.tsx';
import { MOST_STEPS, type Phase } from './course.ts';
import { DialField } from '../shell/dial-field.tsx';
import { shapeNamed, SHAPES, usualValues } from './shapes.ts';

export interface PhaseCardProps {
  readonly phase: Phase;
  readonly index: number;
  /** Whether no phase follows, so that it has no length. */
  readonly last: boolean;
  readonly onRemove: (() => void) | undefined;
  onChange(phase: Phase): void;
}

/** A schedule of the course, with its numbers on sliders. */
export function PhaseCard({ phase, index, last, onChange, onRemove }: PhaseCardProps): JSX.Element {
  const shape = shapeNamed(phase.shape);
  const values = shape === undefined ? {} : { ...usualValues(shape), ...phase.values };
  const set = (name: string, value: number | boolean): void => onChange({ ...phase, values: { ...phase.values, [name]: value } });
  return (
    <fieldset class="card">
      <legend class="hidden">
        Phase {index + 1}: {phase.shape}
      </legend>
      <div class="phase-head">
        <SelectField
          label={index === 0 ? 'Schedule' : 'Then'}
          value={phase.shape}
          onSelect={(name) => onChange({ ...phase, shape: name, values: {} })}
        >
          {SHAPES.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        {onRemove !== undefined && (
          <button type="button" class="remove" aria-label={`Remove phase ${index + 1}`} onClick={onRemove}>
            ×
          </button>
        )}
      </div>
      {Object.entries(shape?.dials ?? {}).map(([name, dial]) => {
        const value = values[name];
        return typeof dial === 'boolean' ? (
          <label key={name} class="switch">
            <input type="checkbox" checked={value === true} onChange={({ currentTarget }) => set(name, currentTarget.checked)} />
            <span>{name}</span>
          </label>
        ) : (
          <DialField key={name} label={name} dial={dial} value={Number(value)} onNumber={(next) => set(name, next)} />
        );
      })}
      {!last && (
        <DialField
          label="holds for steps"
          dial={{ min: 1, max: MOST_STEPS, kind: 'steps' }}
          value={phase.length}
          onNumber={(length) => onChange({ ...phase, length: Math.max(1, length) })}
        />
      )}
    </fieldset>
  );
}
