import { nearest } from '@downhill/core';

/** What a number in an address may be. */
export interface NumberField {
  readonly min: number;
  readonly max: number;
  /** @defaultValue false */
  readonly whole?: boolean;
}

/** Reads fields of an address one by one: what makes no sense is noted in words and has its usual value. */
export interface AddressFields {
  /** What made no sense so far. */
  readonly problems: readonly string[];
  oneOf<Word extends string>(name: string, words: readonly Word[], usual: Word): Word;
  number<Usual extends number | undefined>(name: string, usual: Usual, field: NumberField): number | Usual;
}

export function addressFields(query: URLSearchParams): AddressFields {
  const problems: string[] = [];
  return {
    problems,
    oneOf(name, words, usual) {
      const text = query.get(name);
      const word = words.find((other) => other === text);
      if (text === null || word !== undefined) return word ?? usual;
      const near = nearest(text, words);
      problems.push(`'${text}' is no ${name}: ${near === undefined ? `there are ${words.join(', ')}` : `did you mean '${near}'`}.`);
      return usual;
    },
    number(name, usual, { min, max, whole = false }) {
      const text = query.get(name);
      if (text === null) return usual;
      const value = text.trim() === '' ? Number.NaN : Number(text);
      if (value >= min && value <= max && (!whole || Number.isInteger(value))) return value;
      problems.push(`'${text}' is no ${name}: it takes a ${whole ? 'whole ' : ''}number from ${min} to ${max}.`);
      return usual;
    },
  };
}

/** Writes the fields of a state into an address, those apart that are as usual. */
export function writtenFields<State extends object>(state: State, usual: State): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state))
    if (value !== undefined && value !== usual[name as keyof State]) query.set(name, String(value));
  return query;
}
