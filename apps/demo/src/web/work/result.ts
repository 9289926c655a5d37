import { plainMessage } from '@downhill/core';

/** What a part of a view shows, or why it does not. */
export type Result<Shown> = { readonly shown: Shown } | { readonly problem: string };

export function resultOf<Shown>(make: () => Shown): Result<Shown> {
  try {
    return { shown: make() };
  } catch (error) {
    return { problem: plainMessage(error) };
  }
}
