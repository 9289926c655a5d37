import type { Signal } from '@preact/signals';
import type { JSX } from 'preact';
import type { RaceModel } from './race-model.ts';
import { MOST_RACERS, type RaceState } from './race-state.ts';
import { RacerCard } from './racer-card.tsx';
import { ruleNames, type Racer } from './rules.ts';

/** The optimizers of a race. */
export function RacerList({ state, model }: { readonly state: Signal<RaceState>; readonly model: RaceModel }): JSX.Element {
  const { racers, surface } = state.value;
  const set = (next: readonly Racer[]): void => {
    state.value = { ...state.value, racers: next };
  };
  const add = (): void => {
    const used = new Set(racers.map(({ rule }) => rule));
    const rule = ruleNames().find((name) => !used.has(name)) ?? 'sgd';
    set([...racers, { rule, numbers: {} }]);
  };
  return (
    <div class="racers">
      <h3>Optimizers</h3>
      {racers.map((racer, index) => (
        <RacerCard
          key={index}
          racer={racer}
          index={index}
          surface={surface}
          problem={model.problems.value[index]}
          onChange={(next) => set(racers.map((other, i) => (i === index ? next : other)))}
          onRemove={() => set(racers.filter((_, i) => i !== index))}
        />
      ))}
      <button type="button" onClick={add} disabled={racers.length >= MOST_RACERS}>
        Add an optimizer
      </button>
    </div>
  );
}
