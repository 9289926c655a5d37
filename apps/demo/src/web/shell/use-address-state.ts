import { useSignal, useSignalEffect, type Signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { address, noteState } from './address.ts';

/** A state out of an address, and what of the address made no sense. */
export interface Read<State> {
  readonly state: State;
  readonly problems: readonly string[];
}

/** How a view's state is written in the address. */
export interface AddressCodec<State> {
  read(query: URLSearchParams): Read<State>;
  write(state: State): URLSearchParams;
}

export interface AddressState<State> {
  readonly state: Signal<State>;
  /** What of the opened link made no sense. */
  readonly problems: Signal<readonly string[]>;
}

/** A view's state, read from the address bar when a link is opened and noted there when it changes. */
export function useAddressState<State>(view: string, { read, write }: AddressCodec<State>): AddressState<State> {
  const opened = address.peek();
  const first = useMemo(() => read(opened.query), []);
  const state = useSignal(first.state);
  const problems = useSignal(first.problems);
  useSignalEffect(() => noteState(view, write(state.value)));
  useEffect(
    () =>
      address.subscribe((next) => {
        if (next === opened || next.view !== view) return;
        const result = read(next.query);
        state.value = result.state;
        problems.value = result.problems;
      }),
    [],
  );
  return { state, problems };
}
