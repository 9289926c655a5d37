import { colourOf } from '@downhill/core/page';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { NumberField } from '../shell/number-field.tsx';
import { SelectField } from '../shell/select-field.tsx';
import { RacerMark } from './racer-mark.tsx';
import { racerName } from './racer-name.ts';
import { ruleNames, usualNumbers, type Racer } from './rules.ts';

export interface RacerCardProps {
  readonly racer: Racer;
  readonly index: number;
  readonly surface: string;
  readonly problem: string | undefined;
  onChange(racer: Racer): void;
  onRemove(): void;
}

/** An optimizer and its numbers. */
export function RacerCard({ racer, index, surface, problem, onChange, onRemove }: RacerCardProps): JSX.Element {
  const id = useId();
  const { rule, numbers } = racer;
  const all = { ...usualNumbers(rule, surface), ...numbers };
  const set = (name: string, value: number | boolean): void => onChange({ rule, numbers: { ...numbers, [name]: value } });
  const { learningRate, ...rest } = all;
  return (
    <fieldset class="racer">
      <legend class="hidden">{racerName(racer, surface)}</legend>
      <div class="racer-head">
        <RacerMark index={index} colour={colourOf(index)} />
        <SelectField label="Optimizer" value={rule} onSelect={(name) => onChange({ rule: name, numbers: {} })}>
          {ruleNames().map((name) => (
            <option key={name}>{name}</option>
          ))}
        </SelectField>
        {typeof learningRate === 'number' && (
          <NumberField
            label="Learning rate"
            value={learningRate}
            min={0}
            problem={problem === undefined ? undefined : id}
            onNumber={(value) => set('learningRate', value)}
          />
        )}
        <button type="button" class="remove" aria-label={`Remove ${racerName(racer, surface)}`} onClick={onRemove}>
          ×
        </button>
      </div>
      <details>
        <summary>{summary(rest)}</summary>
        <div class="fields">
          {Object.entries(rest).map(([name, value]) =>
            typeof value === 'number' ? (
              <NumberField
                key={name}
                label={name}
                value={value}
                problem={problem === undefined ? undefined : id}
                onNumber={(next) => set(name, next)}
              />
            ) : (
              <label key={name} class="switch">
                <input type="checkbox" checked={value} onChange={({ currentTarget }) => set(name, currentTarget.checked)} />
                <span>{name}</span>
              </label>
            ),
          )}
        </div>
      </details>
      {problem !== undefined && (
        <p id={id} class="problem" role="alert">
          {problem}
        </p>
      )}
    </fieldset>
  );
}

const summary = (numbers: Readonly<Record<string, number | boolean>>): string =>
  Object.entries(numbers)
    .filter(([, value]) => value !== false)
    .map(([name, value]) => (value === true ? name : `${name} ${value}`))
    .join(', ') || 'no more numbers';
