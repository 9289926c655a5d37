import { nearest } from '@downhill/core';

/** What a number of an address may be. */
export interface NumberRange {
  /** @defaultValue -Infinity */
  readonly min?: number;
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
      problems.push(noSuch(name, text, names));
      return usual;
    },
  };
}

/** What is wrong with a number that somebody typed. */
export function numberProblem(
  name: string,
  text: string,
  { min = -Infinity, max = Infinity, whole = false }: NumberRange,
): string | undefined {
  const value = numberOf(text);
  const fits = value !== undefined && (!whole || Number.isSafeInteger(value)) && value >= min && value <= max;
  if (fits) return undefined;
  const range = max !== Infinity ? ` from ${min} to ${max}` : min !== -Infinity ? ` of at least ${min}` : '';
  return `${name} takes a ${whole ? 'whole ' : ''}number${range}, not '${text}'.`;
}

/** Undefined for what is no finite number. */
export function numberOf(text: string): number | undefined {
  const value = Number(text);
  return text.trim() !== '' && Number.isFinite(value) ? value : undefined;
}

type Options = Readonly<Record<string, number | boolean>>;

/** Reads parts such as `beta1:0.9`: each is a number, or true or false, as what is usual is. */
export function readOptions(owner: string, parts: readonly string[], usual: Options, problems: string[]): Options {
  const options: Record<string, number | boolean> = {};
  for (const part of parts) {
    const [name = '', text = ''] = part.split(':');
    const value = Object.hasOwn(usual, name) ? optionOf(text, typeof usual[name]) : undefined;
    if (value === undefined) problems.push(`'${part}' is no number of ${owner}: it has ${Object.keys(usual).join(', ')}.`);
    else options[name] = value;
  }
  return options;
}

function optionOf(text: string, type: string): number | boolean | undefined {
  if (type === 'number') return numberOf(text);
  return text === 'true' ? true : text === 'false' ? false : undefined;
}

/** That nothing has the name that somebody typed, and what has one. */
export function noSuch(what: string, text: string, names: readonly string[]): string {
  const near = nearest(text, names);
  return `There is no ${what} '${text}': ${near === undefined ? `there are ${names.join(', ')}.` : `did you mean '${near}'?`}`;
}
