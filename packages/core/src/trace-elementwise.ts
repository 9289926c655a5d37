import { DownhillError } from './errors.ts';
import { ELEMENT, type Expression } from './expression/node.ts';
import { resolver } from './expression/resolve.ts';
import { rewriter } from './expression/simplify.ts';
import { checkGraph } from './expression/spec.ts';
import type { KernelTrace } from './trace.ts';

/**
 * Makes a kernel's trace of expressions that have nothing to do with parameters: a value for each element of a tensor.
 *
 * @throws DownhillError `illegal-expression` where they make no legal graph, or reduce over more than the tensor.
 */
export function traceElementwise(name: string, values: Readonly<Record<string, Expression>>, rank: number): KernelTrace {
  const simplify = rewriter();
  const resolve = resolver(name, rank, () => {
    throw new DownhillError({
      code: 'illegal-expression',
      source: name,
      problem: 'there is nothing to reduce over but the one tensor',
      advice: "Reduce over 'tensor' or some axes.",
    });
  });
  const outputs = Object.entries(values).map(([output, value]) => ({ name: output, over: ELEMENT, value: simplify(resolve(value)) }));
  checkGraph(name, outputs, rank);
  return { kind: 'kernel', outputs, statistics: [], guards: [], shared: [] };
}
