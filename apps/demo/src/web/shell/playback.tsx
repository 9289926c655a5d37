import { useSignalEffect, type ReadonlySignal, type Signal } from '@preact/signals';
import type { JSX } from 'preact';

const SECONDS = 8; // that all of it is played in
const SLOWEST = 12; // steps a second

export interface PlaybackProps {
  /** What is looked at, from 0 on; between two steps while it plays. */
  readonly playhead: Signal<number>;
  readonly playing: Signal<boolean>;
  /** The last step there is, at least 1. */
  readonly end: ReadonlySignal<number>;
  /** What a step is called. @defaultValue 'step' */
  readonly unit?: string;
  /** The fewest steps a second that it is played with. @defaultValue 12 */
  readonly slowest?: number;
  /** Hears where it was stopped: `undefined` is the end. */
  onStop(at: number | undefined): void;
}

/** Play, step and scrub. */
export function Playback({ playhead, playing, end, unit = 'step', slowest = SLOWEST, onStop }: PlaybackProps): JSX.Element {
  const last = end.value;
  const at = Math.min(last, Math.floor(playhead.value));
  const stop = (step: number): void => {
    playing.value = false;
    playhead.value = step;
    onStop(step >= last ? undefined : step);
  };
  useSignalEffect(() => {
    if (!playing.value) return undefined;
    let frame = 0;
    let before: number | undefined;
    const advance = (now: number): void => {
      const pace = Math.max(slowest, end.peek() / SECONDS);
      playhead.value = Math.min(end.peek(), playhead.peek() + (pace * (now - (before ?? now))) / 1000);
      before = now;
      if (playhead.peek() >= end.peek()) {
        playing.value = false;
        onStop(undefined);
      } else frame = requestAnimationFrame(advance);
    };
    frame = requestAnimationFrame(advance);
    return () => cancelAnimationFrame(frame);
  });
  const play = (): void => {
    if (playing.value) return stop(at);
    if (at >= last) playhead.value = 0;
    playing.value = true;
  };
  return (
    <div class="playback" role="group" aria-label="Playback">
      <button type="button" class="primary" onClick={play}>
        {playing.value ? 'Pause' : 'Play'}
      </button>
      <button type="button" aria-label={`One ${unit} back`} onClick={() => stop(Math.max(0, at - 1))}>
        ‹
      </button>
      <button type="button" aria-label={`One ${unit} forward`} onClick={() => stop(Math.min(last, at + 1))}>
        ›
      </button>
      <input
        type="range"
        aria-label={`${unit.charAt(0).toUpperCase()}${unit.slice(1)}`}
        min={0}
        max={last}
        value={at}
        aria-valuetext={`${unit} ${at} of ${last}`}
        onInput={({ currentTarget }) => stop(currentTarget.valueAsNumber)}
      />
      <output>
        {at} / {last}
      </output>
    </div>
  );
}
