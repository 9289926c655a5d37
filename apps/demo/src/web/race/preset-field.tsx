import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { SelectField } from '../shell/select-field.tsx';
import { presets, raceOf } from './presets.ts';
import { writeRace } from './race-address.ts';
import type { RaceState } from './race-state.ts';

/** The lecture's pictures, each a race that is set up at once. */
export function PresetField({ state }: { readonly state: Signal<RaceState> }): JSX.Element {
  const all = presets();
  const now = keyOf(state.value);
  const chosen = all.find((preset) => keyOf(raceOf(preset)) === now);
  return (
    <div class="preset">
      <SelectField
        label="Picture of the lecture"
        value={String(chosen?.slide ?? '')}
        onSelect={(slide) => {
          const preset = all.find((other) => String(other.slide) === slide);
          if (preset !== undefined) state.value = { ...raceOf(preset), picture: state.value.picture, formula: state.value.formula };
        }}
      >
        <option value="">your own race</option>
        {all.map(({ slide, title }) => (
          <option key={slide} value={String(slide)}>
            {slide}. {title}
          </option>
        ))}
      </SelectField>
      <p class="lesson">{chosen?.lesson ?? 'Choose a picture, or set up a race of your own. The address of the page holds all of it.'}</p>
    </div>
  );
}

/** What makes a preset; where one looks at it from, and at which step, is left to the visitor. */
const keyOf = (race: RaceState): string => writeRace({ ...race, picture: 'contour', at: undefined, arrows: [] }).toString();
