import { DownhillError, show, type Json } from '@downhill/core';

/** @throws DownhillError `state-mismatch` naming the first difference between what made something in a store and what is to be made. */
export function checkSameMaking(what: string, found: Json, wanted: Json): void {
  const difference = firstDifference(found, wanted, '');
  if (difference === undefined) return;
  throw new DownhillError({
    code: 'state-mismatch',
    source: 'trainEnsemble',
    problem: `the store holds the ${what} of another ensemble: ${difference}`,
    advice: 'Take a store of its own for each plan and its settings, or empty this one.',
  });
}

function firstDifference(found: Json | undefined, wanted: Json | undefined, path: string): string | undefined {
  if (JSON.stringify(found) === JSON.stringify(wanted)) return undefined;
  if (!isObject(found) || !isObject(wanted))
    return `${path === '' ? 'it' : `\`${path}\``} is ${show(found)} there and ${show(wanted)} here`;
  const names = [...new Set([...Object.keys(found), ...Object.keys(wanted)])];
  for (const name of names) {
    const difference = firstDifference(found[name], wanted[name], path === '' ? name : `${path}.${name}`);
    if (difference !== undefined) return difference;
  }
  return undefined; // the same in another order
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json | undefined } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
