import { expect, test } from 'vitest';
import { withSheets } from './readme.ts';

const sheets = [{ name: 'one', title: 'One', rows: [{ of: 'flip', notes: [], cells: [] }] }] as const;

test('writes between the marks, and nowhere else', () => {
  const readme = 'above\n\n<!-- gallery -->\nold\n<!-- /gallery -->\n\nbelow\n';
  const written = withSheets(readme, sheets);
  expect(written).toBe('above\n\n<!-- gallery -->\n\n![One: flip](docs/gallery/one.png)\n\n<!-- /gallery -->\n\nbelow\n');
  expect(withSheets(written, sheets)).toBe(written);
});

test('says which marks are missing', () => {
  expect(() => withSheets('above', sheets)).toThrow('<!-- gallery -->');
});
