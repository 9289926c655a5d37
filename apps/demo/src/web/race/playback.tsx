import { useSignalEffect, type Signal } from '@preact/signals';
import type { JSX } from 'preact';
import { longest, type RaceModel } from './race-model.ts';
import type { RaceState } from './race-state.ts';

const SECONDS = 8; // that a race is played in
const SLOWEST = 12; // steps a second

/** Play, step and scrub. */
export function Playback({ state, model }: { readonly state: Signal<RaceState>; readonly model: RaceModel }): JSX.Element {
  const { playhead, playing } = model;
  const end = Math.max(1, longest(model.entries.value));
  const at = Math.min(end, Math.floor(playhead.value));
  const stop = (step: number): void => {
    playing.value = false;
    playhead.value = step;
    state.value = { ...state.value, at: step >= end ? undefined : step };
  };
  useSignalEffect(() => {
    if (!playing.value) return undefined;
    let frame = 0;
    let before: number | undefined;
    const advance = (now: number): void => {
      const last = longest(model.entries.peek());
      const pace = Math.max(SLOWEST, last / SECONDS);
      playhead.value = Math.min(last, playhead.peek() + (pace * (now - (before ?? now))) / 1000);
      before = now;
      if (playhead.peek() >= last) {
        playing.value = false;
        state.value = { ...state.peek(), at: undefined };
      } else frame = requestAnimationFrame(advance);
    };
    frame = requestAnimationFrame(advance);
    return () => cancelAnimationFrame(frame);
  });
  const play = (): void => {
    if (playing.value) return stop(at);
    if (at >= end) playhead.value = 0;
    playing.value = true;
  };
  return (
    <div class="playback" role="group" aria-label="Playback">
      <button type="button" class="primary" onClick={play}>
        {playing.value ? 'Pause' : 'Play'}
      </button>
      <button type="button" aria-label="One step back" onClick={() => stop(Math.max(0, at - 1))}>
        ‹
      </button>
      <button type="button" aria-label="One step forward" onClick={() => stop(Math.min(end, at + 1))}>
        ›
      </button>
      <input
        type="range"
        aria-label="Step"
        min={0}
        max={end}
        value={at}
        aria-valuetext={`step ${at} of ${end}`}
        onInput={({ currentTarget }) => stop(currentTarget.valueAsNumber)}
      />
      <output>
        {at} / {end}
      </output>
    </div>
  );
}
