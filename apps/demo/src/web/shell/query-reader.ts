import { nearest } from '@downhill/core';

/** What a number of an address may be. */
export interface NumberRange {
  readonly min: number;
  /** @defaultValue Infinity */
  readonly max?: number;
  /** @defaultValue false */
  readonly whole?: boolean;
}

/** Reads the parts of an address one by one; what makes no sense is named and left at its usual value. */
export interface QueryReader {
  readonly problems: readonly string[];
  number(name: string, usual: number, range: NumberRange): number;
  choice<Name extends string>(name: string, usual: Name, names: readonly Name[]): Name;
}

export function queryReader(query: URLSearchParams): QueryReader {
  const problems: string[] = [];
  return {
    problems,
    number(name, usual, range) {
      const text = query.get(name);
      if (text === null) return usual;
      const problem = numberProblem(name, text, range);
      if (problem === undefined) return Number(text);
      problems.push(problem);
      return usual;
    },
    choice(name, usual, names) {
      const text = query.get(name);
      if (text === null) return usual;
      const found = names.find((known) => known === text);
      if (found !== undefined) return found;
      const near = nearest(text, names);
      problems.push(
        `There is no ${name} '${text}'${near === undefined ? `: there are ${names.join(', ')}.` : `: did you mean '${near}'?`}`,
      );
      return usual;
    },
  };
}

/** What is wrong with a number that somebody typed. */
export function numberProblem(name: string, text: string, { min, max = Infinity, whole = false }: NumberRange): string | undefined {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= min && value <= max && (!whole || Number.isSafeInteger(value))) return undefined;
  return `'${text}' is no ${name}: it takes a ${whole ? 'whole ' : ''}number${max === Infinity ? `, at least ${min}` : ` from ${min} to ${max}`}.`;
}
