import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { Choice } from '../shell/choice.tsx';
import { SelectField } from '../shell/select-field.tsx';
import { FormulaField } from './formula-field.tsx';
import type { RaceModel } from './race-model.ts';
import { ARROWS, PICTURES, placesOf, surfaceOf, type RaceState } from './race-state.ts';
import { OWN, SURFACES } from './surfaces.ts';

/** Which loss, seen from where, with which arrows. */
export function SurfaceControls({ state, model }: { readonly state: Signal<RaceState>; readonly model: RaceModel }): JSX.Element {
  const { surface, picture, arrows } = state.value;
  return (
    <>
      <div class="tools">
        <SelectField
          label="Surface"
          value={surface}
          onSelect={(id) => {
            state.value = { ...state.value, surface: id, ...placesOf(id), at: undefined };
          }}
        >
          {SURFACES.map(({ id, title }) => (
            <option key={id} value={id}>
              {title}
            </option>
          ))}
          <option value={OWN}>Your own formula</option>
        </SelectField>
        <Choice
          legend="Shown as"
          names={PICTURES}
          chosen={picture}
          onChoose={(name) => {
            state.value = { ...state.value, picture: name };
          }}
        />
        <fieldset class="choice">
          <legend>Arrows</legend>
          {ARROWS.map((arrow) => (
            <label key={arrow}>
              <input
                type="checkbox"
                checked={arrows.includes(arrow)}
                onChange={({ currentTarget: { checked } }) => {
                  state.value = { ...state.value, arrows: ARROWS.filter((other) => (other === arrow ? checked : arrows.includes(other))) };
                }}
              />
              <span class={`arrow-${arrow}`}>{arrow}</span>
            </label>
          ))}
        </fieldset>
      </div>
      {surface === OWN ? (
        <FormulaField state={state} reading={model.reading.value} />
      ) : (
        <p class="formula">
          loss = <code>{surfaceOf(state.value).formula}</code>
        </p>
      )}
    </>
  );
}
