import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { DialField } from '../schedules/dial-field.tsx';
import { Choice } from '../shell/choice.tsx';
import { OBJECTIVES, SCALES, SEEDS, SIDES, trialsOf, type SearchState } from './search-state.ts';

const within = (value: number, { min, max }: { readonly min: number; readonly max: number }): number => Math.min(max, Math.max(min, value));

/** What is searched, with how many trials and from which seed. */
export function SearchSettings({ state }: { readonly state: Signal<SearchState> }): JSX.Element {
  const { objective, side, seed, weight, scale } = state.value;
  const set = (part: Partial<SearchState>): void => {
    state.value = { ...state.value, at: undefined, ...part };
  };
  return (
    <fieldset class="card search-settings">
      <legend class="hidden">What is searched</legend>
      <Choice legend="Searched is" names={OBJECTIVES} chosen={objective} onChoose={(name) => set({ objective: name })} />
      <DialField
        label={`trials of each search: ${trialsOf(state.value)}, for a grid of ${side} by ${side}`}
        dial={{ ...SIDES, kind: 'count' }}
        value={side}
        onNumber={(value) => set({ side: within(value, SIDES) })}
      />
      <DialField
        label="seed of random search and TPE"
        dial={{ ...SEEDS, kind: 'count' }}
        value={seed}
        onNumber={(value) => set({ seed: within(value, SEEDS) })}
      />
      <div class="search-own">
        {objective === 'function' ? (
          <DialField
            label="how much y matters (x: 1)"
            dial={{ min: 0, max: 1, kind: 'share' }}
            value={weight}
            onNumber={(value) => set({ weight: within(value, { min: 0, max: 1 }) })}
          />
        ) : (
          <Choice legend="Numbers are drawn over their" names={SCALES} chosen={scale} onChoose={(name) => set({ scale: name })} />
        )}
      </div>
    </fieldset>
  );
}
