import { show, type Parameter, type Space } from '@downhill/core';

/**
 * What differs between two spaces, a sentence each; none where they are the same.
 *
 * @example
 * spaceDifferences(space({ rate: float(0, 1) }), space({ rate: float(0, 2) })); // ['`rate`: high was 1, now 2.']
 */
export function spaceDifferences({ parameters: before }: Space, { parameters: after }: Space): readonly string[] {
  const [names, nextNames] = [Object.keys(before), Object.keys(after)];
  const gone = names.filter((name) => !Object.hasOwn(after, name)).map((name) => `\`${name}\` is gone.`);
  const added = nextNames.filter((name) => !Object.hasOwn(before, name)).map((name) => `\`${name}\` is new.`);
  const kept = names.filter((name) => Object.hasOwn(after, name));
  const changed = kept.flatMap((name) => parameterDifferences(name, before[name] as Parameter, after[name] as Parameter));
  const keptNext = nextNames.filter((name) => Object.hasOwn(before, name));
  const moved = show(kept) === show(keptNext) ? [] : [`The order was ${kept.join(', ')}, now ${keptNext.join(', ')}.`];
  return [...gone, ...added, ...changed, ...moved];
}

function parameterDifferences(name: string, before: Parameter, after: Parameter): readonly string[] {
  const [was, is] = [fieldsOf(before), fieldsOf(after)];
  const kind = before.kind === after.kind ? [] : ['kind'];
  const fields = kind.length === 0 ? [...new Set([...Object.keys(was), ...Object.keys(is)])] : kind;
  return fields
    .filter((field) => JSON.stringify(was[field]) !== JSON.stringify(is[field]))
    .map((field) => `\`${name}\`: ${field} was ${shown(was[field])}, now ${shown(is[field])}.`);
}

const fieldsOf = (parameter: Parameter): Readonly<Record<string, unknown>> => ({ ...parameter });

const shown = (value: unknown): string => (value === undefined ? 'not given' : show(value));
