import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  /** Gets each finite number that is typed. */
  onNumber(value: number): void;
  readonly min?: number;
  readonly max?: number;
  /** What the arrow keys add. @defaultValue anything goes, and arrows add 1 */
  readonly step?: number;
  /** Whether its number is refused; the words stand beside, under this id. */
  readonly problem?: string | undefined;
}

/** A number to type. */
export function NumberField({ label, value, onNumber, min, max, step, problem }: NumberFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <input
        id={id}
        type="number"
        inputMode="decimal"
        step={step ?? 'any'}
        min={min}
        max={max}
        value={value}
        aria-invalid={problem !== undefined}
        aria-describedby={problem}
        onInput={({ currentTarget }) => {
          if (currentTarget.value !== '' && Number.isFinite(currentTarget.valueAsNumber)) onNumber(currentTarget.valueAsNumber);
        }}
      />
    </div>
  );
}
