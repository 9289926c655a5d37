import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

export interface ChoiceProps<Name extends string> {
  readonly legend: string;
  readonly names: readonly Name[];
  readonly chosen: Name;
  onChoose(name: Name): void;
}

/** A few words of which one is chosen, side by side. */
export function Choice<Name extends string>({ legend, names, chosen, onChoose }: ChoiceProps<Name>): JSX.Element {
  const group = useId();
  return (
    <fieldset class="choice">
      <legend>{legend}</legend>
      {names.map((name) => (
        <label key={name}>
          <input type="radio" name={group} checked={name === chosen} onChange={() => onChoose(name)} />
          <span>{name}</span>
        </label>
      ))}
    </fieldset>
  );
}
