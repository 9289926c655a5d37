/** A row of the table as the filter sees it: its text, and its cells by the name of the column. */
export interface FilteredRow {
  readonly text: string;
  cell(column: string): string | undefined;
}

const COMPARISON = /([^\s<>=]+(?: [^\s<>=]+)*?)\s*(<=|>=|<|>|=)\s*(\S+)/g;

/**
 * Whether a row has all the words of the query and fits its comparisons: `adam steps>1000 validation loss<0.3`. The words before a sign are
 * the longest that name a column; what is left of them must occur.
 */
export function matches(query: string, row: FilteredRow): boolean {
  const words: string[] = [];
  const rest = query.replaceAll(COMPARISON, ' ');
  const comparisons = [...query.matchAll(COMPARISON)].map(([, before = '', sign = '', value = '']) => {
    const parts = before.split(' ');
    const start = parts.findIndex((_, i) => row.cell(parts.slice(i).join(' ')) !== undefined);
    if (start < 0) return false;
    words.push(...parts.slice(0, start));
    return fits(row.cell(parts.slice(start).join(' ')) ?? '', sign, value);
  });
  words.push(...rest.split(/\s+/));
  return comparisons.every(Boolean) && words.every((word) => row.text.toLowerCase().includes(word.toLowerCase()));
}

function fits(cell: string, sign: string, value: string): boolean {
  if (cell === '') return false;
  const [a, b] = [Number(cell), Number(value)];
  const numbers = !Number.isNaN(a) && !Number.isNaN(b);
  switch (sign) {
    case '=':
      return numbers ? a === b : cell.toLowerCase() === value.toLowerCase();
    case '<':
      return numbers && a < b;
    case '>':
      return numbers && a > b;
    case '<=':
      return numbers && a <= b;
    default:
      return numbers && a >= b;
  }
}
