import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { useId } from 'preact/hooks';
import { PixelCanvas } from '../../charts/pixel-canvas.tsx';
import { SelectField } from '../../shell/select-field.tsx';
import type { AugmentationState } from '../augmentation-state.ts';
import { SIDE } from '../operations.ts';
import { PICTURE_NAMES } from './built-in.ts';
import type { Pictures } from './use-pictures.ts';

const OWN = 'own';

export interface PictureFieldProps {
  readonly state: Signal<AugmentationState>;
  readonly pictures: Pictures;
}

/** The picture that operations are shown on, and how to choose another. */
export function PictureField({ state, pictures: { picture, own, problem, open } }: PictureFieldProps): JSX.Element {
  const id = useId();
  const shown = picture.value;
  return (
    <div class="picture-field">
      <div class="original">
        <PixelCanvas pixels={shown?.pixels} label={shown === undefined ? 'The picture is being decoded.' : `The picture: ${shown.name}`} />
      </div>
      <div class="choose">
        <SelectField
          label="Picture"
          value={own.value === undefined ? state.value.picture : OWN}
          onSelect={(value) => {
            const name = PICTURE_NAMES.find((known) => known === value);
            if (name === undefined) return;
            own.value = undefined;
            problem.value = undefined;
            state.value = { ...state.value, picture: name };
          }}
        >
          {PICTURE_NAMES.map((name) => (
            <option key={name}>{name}</option>
          ))}
          {own.value !== undefined && <option value={OWN}>{own.value.name}</option>}
        </SelectField>
        <div class="field">
          <label for={id}>Or your own: choose a file, or drop one anywhere here</label>
          <input
            id={id}
            type="file"
            accept="image/*"
            onChange={({ currentTarget }) => {
              const file = currentTarget.files?.[0];
              if (file !== undefined) open(file);
              currentTarget.value = ''; // the same file may be chosen again
            }}
          />
        </div>
        <p class="quiet note" role="status">
          {shown === undefined
            ? 'Decoding …'
            : `${shown.name}, ${shown.width} × ${shown.height} pixels: its middle at ${SIDE} × ${SIDE}. It stays on your machine; an address does not hold a picture of your own.`}
        </p>
      </div>
      <div role="alert" class="trouble">
        {problem.value !== undefined && <p class="problem">{problem.value}</p>}
      </div>
    </div>
  );
}
