import type { JSX } from 'preact';
import { DialField } from '../schedules/dial-field.tsx';
import { SelectField } from '../shell/select-field.tsx';
import type { Step } from './augmentation-state.ts';
import { GROUPS, operationNamed, OPERATIONS, rangeOf } from './operations.ts';

export interface StepCardProps {
  readonly step: Step;
  readonly index: number;
  onChange(step: Step): void;
  onRemove(): void;
}

/** An operation of the pipeline, with its number on a slider. */
export function StepCard({ step, index, onChange, onRemove }: StepCardProps): JSX.Element {
  const strength = operationNamed(step.operation)?.strength;
  const range = strength === undefined ? undefined : rangeOf(strength);
  return (
    <fieldset class="card step">
      <legend class="hidden">
        Operation {index + 1}: {step.operation}
      </legend>
      <div class="step-head">
        <SelectField
          label={`Operation ${index + 1}`}
          value={step.operation}
          onSelect={(operation) => onChange({ operation, value: operationNamed(operation)?.strength?.usual ?? 0 })}
        >
          <OperationOptions />
        </SelectField>
        <button type="button" aria-label={`Remove operation ${index + 1}`} onClick={onRemove}>
          ×
        </button>
      </div>
      {strength !== undefined && range !== undefined && (
        <DialField
          label={strength.label}
          dial={{ ...range, kind: range.whole ? 'count' : 'share' }}
          value={step.value}
          onNumber={(value) => onChange({ ...step, value: Math.min(range.max, Math.max(range.min, value)) })}
        />
      )}
    </fieldset>
  );
}

/** All operations to choose from, by kind. */
const OperationOptions = (): JSX.Element => (
  <>
    {GROUPS.map((group) => (
      <optgroup key={group} label={group}>
        {OPERATIONS.filter((operation) => operation.group === group).map(({ name }) => (
          <option key={name}>{name}</option>
        ))}
      </optgroup>
    ))}
  </>
);
