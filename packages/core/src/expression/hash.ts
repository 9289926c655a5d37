import { print } from './print.ts';
import type { Expression } from './node.ts';

/** FNV-1a, 32 bits (Fowler, Noll, Vo). */
function fnv1a(text: string, seed: number): number {
  let hash = seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

const hex = (word: number): string => word.toString(16).padStart(8, '0');

/** Sixteen hexadecimal digits that tell one text from another. */
export const hashText = (text: string): string => hex(fnv1a(text, 0x811c9dc5)) + hex(fnv1a(text, 0x9e3779b9));

/** A short name of a graph: equal graphs, equal names. */
export const hashGraph = (outputs: Readonly<Record<string, Expression>>): string => hashText(print(outputs));
