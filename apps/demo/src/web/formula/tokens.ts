import { FormulaError } from './formula-error.ts';

/** A word of a formula and where it stands. */
export interface Token {
  readonly kind: 'number' | 'name' | 'sign' | 'end';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const WORDS = /\s*(?:(?<number>\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z]\w*)|(?<sign>\*\*|[-+*/^(),²³]))/y;

/** @throws FormulaError for a character that no formula has. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const end = text.trimEnd().length;
  WORDS.lastIndex = 0;
  while (WORDS.lastIndex < end) {
    const from = WORDS.lastIndex;
    const { number, name, sign } = WORDS.exec(text)?.groups ?? {};
    const word = number ?? name ?? sign;
    if (word === undefined) throw strange(text, from);
    const start = WORDS.lastIndex - word.length;
    const kind = number !== undefined ? 'number' : name !== undefined ? 'name' : 'sign';
    tokens.push({ kind, text: word, start, end: WORDS.lastIndex });
  }
  return [...tokens, { kind: 'end', text: '', start: end, end: end + 1 }];
}

function strange(text: string, from: number): FormulaError {
  const start = from + (/\S/.exec(text.slice(from))?.index ?? 0);
  const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
  return new FormulaError(
    `'${character}' belongs to no formula`,
    { start, end: start + character.length },
    'Numbers, x, y, + - * / ^, parentheses and functions do.',
  );
}
