import { nearest } from '@downhill/core';
import { FormulaError } from './formula-error.ts';
import { apply, FUNCTIONS, number, type Formula, type FunctionName } from './formula.ts';
import { tokensOf, type Token } from './tokens.ts';

const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };
const ALIASES: Readonly<Record<string, FunctionName>> = { ln: 'log' };
const KNOWN = 'A formula has x, y, pi, e and the functions';
const DEEPEST = 100; // parentheses within one another: far more than anybody writes, far less than a stack holds
const LONGEST = 500;

const isFunction = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name);

/** Walks over the words of one formula. */
class Reader {
  readonly #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(text: string) {
    this.#tokens = tokensOf(text);
  }

  get #next(): Token {
    return this.#tokens[this.#at] ?? { kind: 'end', text: '', start: 0, end: 1 };
  }

  #take(...signs: readonly string[]): Token | undefined {
    const token = this.#next;
    if (token.kind !== 'sign' || !signs.includes(token.text)) return undefined;
    this.#at += 1;
    return token;
  }

  whole(): Formula {
    const formula = this.#sum();
    if (this.#next.kind !== 'end') throw new FormulaError(`'${this.#next.text}' stands where nothing can`, this.#next, 'Take it out.');
    return formula;
  }

  /** sum ← product ((+ | −) product)* */
  #sum(): Formula {
    this.#depth += 1;
    if (this.#depth > DEEPEST) throw new FormulaError(`more than ${DEEPEST} parentheses are open`, this.#next, 'Write it flatter.');
    let formula = this.#product();
    for (let sign = this.#take('+', '-'); sign !== undefined; sign = this.#take('+', '-'))
      formula = apply(sign.text === '+' ? 'add' : 'sub', formula, this.#product());
    this.#depth -= 1;
    return formula;
  }

  /** product ← signed ((* | /)? signed)*: a sign left out is a product, as in 2x. */
  #product(): Formula {
    let formula = this.#signed();
    for (;;) {
      const sign = this.#take('*', '/');
      if (sign === undefined && !this.#startsValue()) return formula;
      formula = apply(sign?.text === '/' ? 'div' : 'mul', formula, this.#signed());
    }
  }

  #startsValue(): boolean {
    const { kind, text } = this.#next;
    return kind === 'number' || kind === 'name' || text === '(';
  }

  /** signed ← (+ | −)* power: −x² is −(x²). */
  #signed(): Formula {
    let negative = false;
    for (let sign = this.#take('+', '-'); sign !== undefined; sign = this.#take('+', '-')) negative = negative !== (sign.text === '-');
    const formula = this.#power();
    return negative ? apply('neg', formula) : formula;
  }

  /** power ← value (^ signed)?: from the right, as in x^y^2 = x^(y^2). */
  #power(): Formula {
    const base = this.#value();
    const raised = this.#take('²', '³');
    if (raised !== undefined) return apply('pow', base, number(raised.text === '²' ? 2 : 3));
    return this.#take('^', '**') === undefined ? base : apply('pow', base, this.#signed());
  }

  #value(): Formula {
    const token = this.#next;
    if (token.kind === 'number') {
      this.#at += 1;
      return number(Number(token.text));
    }
    if (token.kind === 'name') {
      this.#at += 1;
      return this.#named(token);
    }
    if (this.#take('(') !== undefined) {
      const formula = this.#sum();
      this.#close(token);
      return formula;
    }
    const found = token.kind === 'end' ? 'the formula ends' : `'${token.text}' stands`;
    throw new FormulaError(`${found} where a value should be`, token, 'Put a number, x, y or a function there.');
  }

  #close(open: Token): void {
    if (this.#take(')') === undefined) throw new FormulaError("the '(' is never closed", open, "Put a ')' where it ends.");
  }

  #named(token: Token): Formula {
    const { text } = token;
    if (text === 'x' || text === 'y') return { kind: 'variable', name: text };
    const constant = Object.hasOwn(CONSTANTS, text) ? CONSTANTS[text] : undefined;
    if (constant !== undefined) return number(constant);
    const name = Object.hasOwn(ALIASES, text) ? (ALIASES[text] ?? text) : text;
    if (isFunction(name)) return this.#call(token, name);
    const near = nearest(text, [...Object.keys(FUNCTIONS), ...Object.keys(CONSTANTS), ...Object.keys(ALIASES)]);
    throw new FormulaError(
      `'${text}' is not known${near === undefined ? '' : `; did you mean '${near}'?`}`,
      token,
      `${KNOWN} ${Object.keys(FUNCTIONS).join(', ')}.`,
    );
  }

  #call(token: Token, name: FunctionName): Formula {
    const open = this.#next;
    if (this.#take('(') === undefined) throw new FormulaError(`'${token.text}' is a function`, token, `Write ${token.text}(x).`);
    const inputs = [this.#sum()];
    while (this.#take(',') !== undefined) inputs.push(this.#sum());
    this.#close(open);
    const takes = FUNCTIONS[name];
    if (inputs.length === takes) return apply(name, ...inputs);
    const values = takes === 1 ? 'one value' : `${takes} values`;
    throw new FormulaError(`'${token.text}' takes ${values}, got ${inputs.length}`, token, 'Commas stand between values.');
  }
}

/**
 * Reads a loss of x and y, such as `(1 - x)^2 + 100(y - x²)^2`. Nothing of it is ever run as code.
 *
 * @throws FormulaError that says what does not parse, and where.
 */
export function parseFormula(text: string): Formula {
  if (text.length > LONGEST)
    throw new FormulaError(`the formula goes past ${LONGEST} characters`, { start: LONGEST, end: text.length }, 'Shorten it.');
  return new Reader(text).whole();
}
