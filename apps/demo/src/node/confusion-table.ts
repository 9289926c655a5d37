/** Counts as a table: a row for each digit, a column for each answer. */
export function confusionTable(confusion: readonly (readonly number[])[]): string {
  const width = Math.max(4, ...confusion.flat().map((count) => String(count).length + 1));
  const cell = (text: string | number): string => String(text).padStart(width);
  const head = `digit ${confusion.map((_, answer) => cell(answer)).join('')}   <- answer`;
  const rows = confusion.map(
    (row, digit) => `${String(digit).padStart(5)} ${row.map((count) => cell(count === 0 ? '.' : count)).join('')}`,
  );
  return [head, ...rows].join('\n');
}
