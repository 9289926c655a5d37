import type { JSX } from 'preact';
import { useId } from 'preact/hooks';

/** What a number may be, and how a slider turns it: by factors, evenly, or in whole numbers. */
export interface DialRange {
  readonly min: number;
  readonly max: number;
  readonly kind: 'rate' | 'share' | 'steps' | 'count';
}

export interface DialFieldProps {
  readonly label: string;
  readonly dial: DialRange;
  readonly value: number;
  onNumber(value: number): void;
}

/** A number on a slider, and to type. */
export function DialField({ label, dial, value, onNumber }: DialFieldProps): JSX.Element {
  const id = useId();
  const whole = dial.kind === 'steps' || dial.kind === 'count';
  const factors = dial.kind === 'rate';
  const take = (next: number): void => {
    if (Number.isFinite(next)) onNumber(whole ? Math.round(next) : Number(next.toPrecision(3)));
  };
  return (
    <div class="dial">
      <label for={id}>{label}</label>
      <input
        type="range"
        aria-label={`${label}, slider`}
        min={factors ? Math.log10(dial.min) : dial.min}
        max={factors ? Math.log10(dial.max) : dial.max}
        step={whole ? 1 : factors ? 0.02 : dial.max / 200}
        value={factors ? Math.log10(Math.max(dial.min, value)) : value}
        aria-valuetext={String(value)}
        onInput={({ currentTarget: { valueAsNumber } }) => take(factors ? 10 ** valueAsNumber : valueAsNumber)}
      />
      <input
        id={id}
        type="number"
        inputMode="decimal"
        step="any"
        value={value}
        onInput={({ currentTarget }) => {
          if (currentTarget.value !== '') take(currentTarget.valueAsNumber);
        }}
      />
    </div>
  );
}
