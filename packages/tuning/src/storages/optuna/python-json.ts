const STRING_OR_WORD = /"(?:[^"\\]|\\.)*"|\bNaN\b(?!\s*:)|-?\bInfinity\b/g;
const WORDS: Readonly<Record<string, string>> = { NaN: '"n"', Infinity: '1e999', '-Infinity': '-1e999' };

/**
 * Reads JSON as Python's `json.dumps` writes it, with NaN, Infinity and -Infinity.
 *
 * @throws SyntaxError where it is none.
 */
export function parsePythonJson(text: string): unknown {
  if (!/NaN|Infinity/.test(text)) return JSON.parse(text);
  const marked = text.replaceAll(STRING_OR_WORD, (found) => WORDS[found] ?? `"s${found.slice(1)}`); // so that no string is taken for the NaN
  return unmark(JSON.parse(marked));
}

function unmark(value: unknown): unknown {
  if (typeof value === 'string') return value === 'n' ? Number.NaN : value.slice(1);
  if (Array.isArray(value)) return value.map(unmark);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key.slice(1), unmark(member)]));
}

/** Writes JSON as Python reads it: numbers that are not finite have a word, and −0 keeps its sign. */
export function pythonJson(value: unknown): string {
  if (typeof value === 'number') return Object.is(value, -0) ? '-0.0' : String(value);
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  if (Array.isArray(value)) return `[${value.map(pythonJson).join(',')}]`;
  if ('toJSON' in value && typeof value.toJSON === 'function') return pythonJson(value.toJSON());
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${pythonJson(member)}`).join(',')}}`;
}
