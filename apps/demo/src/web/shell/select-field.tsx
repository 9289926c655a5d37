import type { ComponentChildren, JSX } from 'preact';

export interface SelectFieldProps {
  readonly label: string;
  readonly value: string;
  onSelect(value: string): void;
  readonly children: ComponentChildren;
}

/** A list of words of which one is chosen. */
export function SelectField({ label, value, onSelect, children }: SelectFieldProps): JSX.Element {
  return (
    <label class="field">
      <span>{label}</span>
      <select value={value} onChange={({ currentTarget }) => onSelect(currentTarget.value)}>
        {children}
      </select>
    </label>
  );
}
