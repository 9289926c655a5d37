import type { ComponentChildren, JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  onSelect(value: string): void;
  readonly children: ComponentChildren;
}

/** A list of words of which one is chosen. */
export function SelectField({ label, value, onSelect, children }: SelectFieldProps): JSX.Element {
  const id = useId();
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <select id={id} value={value} onChange={({ currentTarget }) => onSelect(currentTarget.value)}>
        {children}
      </select>
    </div>
  );
}
