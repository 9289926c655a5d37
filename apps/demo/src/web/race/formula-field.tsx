import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import type { Reading } from './race-model.ts';
import type { RaceState } from './race-state.ts';

/** The visitor's own loss; what does not parse is marked where it stands. */
export function FormulaField({ state, reading }: { readonly state: Signal<RaceState>; readonly reading: Reading }): JSX.Element {
  const id = useId();
  const { formula } = state.value;
  const error = 'error' in reading ? reading.error : undefined;
  return (
    <div class="own">
      <div class="field wide">
        <label for={`${id}-text`}>loss =</label>
        <input
          id={`${id}-text`}
          type="text"
          value={formula}
          spellcheck={false}
          autocomplete="off"
          autocapitalize="off"
          aria-invalid={error !== undefined}
          aria-describedby={id}
          onInput={({ currentTarget }) => {
            state.value = { ...state.value, formula: currentTarget.value };
          }}
        />
      </div>
      <p id={id} class="formula" role="status">
        {error === undefined ? (
          <span class="quiet">x and y, numbers, + − * / ^, sin, cos, tan, tanh, exp, log, sqrt, abs, min, max, pow, pi, e</span>
        ) : (
          <span class="problem">
            <code>
              {formula.slice(0, error.start)}
              <mark>{formula.slice(error.start, error.end) || '␣'}</mark>
              {formula.slice(error.end)}
            </code>{' '}
            {error.message.replace(/^\[[a-z-]+\] /, '')}
          </span>
        )}
      </p>
    </div>
  );
}
