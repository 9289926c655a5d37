import { UsageError } from '../run/usage-error.ts';

/**
 * A text with other content between `<!-- name -->` and `<!-- /name -->`.
 *
 * @throws UsageError where the text has no such marks.
 */
export function betweenMarks(text: string, name: string, content: string): string {
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [start, end] = [text.indexOf(open), text.indexOf(close)];
  if (start < 0 || end < start) throw new UsageError(`there is no place for a result: it goes between the lines ${open} and ${close}`);
  return `${text.slice(0, start)}${open}\n\n${content}\n\n${text.slice(end)}`;
}
