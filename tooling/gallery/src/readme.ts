import type { Sheet } from './sheet.ts';

const [BEGIN, END] = ['<!-- gallery -->', '<!-- /gallery -->'];

/** A README with the sheets between its two marks. @throws Error where the marks are missing. */
export function withGallery(readme: string, sheets: readonly Sheet[]): string {
  const [begin, end] = [readme.indexOf(BEGIN), readme.indexOf(END)];
  if (begin < 0 || end < begin) throw new Error(`the README must have a line ${BEGIN} and after it a line ${END}`);
  const shown = sheets.map(
    ({ name, title, rows }) => `![${title}: ${[...new Set(rows.map(({ of }) => of))].join(', ')}](docs/gallery/${name}.png)`,
  );
  return `${readme.slice(0, begin)}${BEGIN}\n\n${shown.join('\n\n')}\n\n${readme.slice(end)}`;
}
