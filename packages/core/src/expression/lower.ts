import type { Expression } from './node.ts';

/**
 * What stands for one node whose inputs are primitive: the same value in primitive operations, or undefined where it is
 * primitive itself.
 *
 * All generators round each primitive operation to float32, so that a lowered graph gives the same bits everywhere. The
 * accuracy of each function stands at its `lower…`; truth is the function of the float32 argument.
 */
export function lowerNode({ composite, inputs }: Expression): Expression | undefined {
  return composite?.lower(...inputs);
}
