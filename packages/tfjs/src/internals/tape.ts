import { dispose, engine, type Tensor } from '@tensorflow/tfjs-core';

interface TapeNode {
  readonly saved?: readonly Tensor[];
}

/**
 * Lets go of what operations saved for their gradients. tfjs 4.22 does so at the end of a gradient, but not where the
 * function throws on the way: its tape stays in `engine().state`, and with it every tensor that was saved.
 */
export function forgetTape(): void {
  const { state } = engine() as unknown as { readonly state: { activeTape: readonly TapeNode[] | null; readonly gradientDepth: number } };
  if (state.gradientDepth > 0 || !Array.isArray(state.activeTape)) return; // somebody else's gradient is still going on
  for (const { saved } of state.activeTape) dispose([...(saved ?? [])]);
  state.activeTape = null;
}
