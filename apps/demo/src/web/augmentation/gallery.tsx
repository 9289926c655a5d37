import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { DialField } from '../schedules/dial-field.tsx';
import { MOST_STEPS, type AugmentationState } from './augmentation-state.ts';
import { GROUPS, OPERATIONS, strengthText, valueAt, type Operation } from './operations.ts';
import { ResultPicture } from './result-picture.tsx';
import type { Cells } from './use-cells.ts';

export interface GalleryProps {
  readonly state: Signal<AugmentationState>;
  readonly pictures: Cells['gallery'];
}

/** Every operation at one strength; a click puts it at the end of the pipeline. */
export function Gallery({ state, pictures }: GalleryProps): JSX.Element {
  const { steps, strength } = state.value;
  const add = (operation: Operation): void => {
    const value = strengthText(operation, strength) === '' ? (operation.strength?.usual ?? 0) : valueAt(operation, strength);
    state.value = { ...state.value, steps: [...steps.slice(0, MOST_STEPS - 1), { operation: operation.name, value }] };
  };
  return (
    <>
      <DialField
        label="Strength of all: from 0, where they do least, to 1"
        dial={{ min: 0, max: 1, kind: 'share' }}
        value={strength}
        onNumber={(value) => (state.value = { ...state.value, strength: Math.min(1, Math.max(0, value)) })}
      />
      {GROUPS.map((group) => (
        <div key={group}>
          <h4>{group}</h4>
          <ul class="operations" aria-label={group}>
            {OPERATIONS.map((operation, i) => {
              const picture = pictures[i];
              if (operation.group !== group || picture === undefined) return null;
              return (
                <li key={operation.name}>
                  <button type="button" onClick={() => add(operation)}>
                    <ResultPicture result={picture} pixelsOf={(pixels) => pixels} />
                    <span>{operation.name}</span>
                    <small class="quiet">{strengthText(operation, strength)}</small>
                  </button>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </>
  );
}
