import { betweenMarks } from '@downhill/experiments/text';
import type { Sheet } from './sheet.ts';

/** A README with the sheets in its place for a gallery. */
export function withSheets(readme: string, sheets: readonly Sheet[]): string {
  const shown = sheets.map(
    ({ name, title, rows }) => `![${title}: ${[...new Set(rows.map(({ of }) => of))].join(', ')}](docs/gallery/${name}.png)`,
  );
  return betweenMarks(readme, 'gallery', shown.join('\n\n'));
}
