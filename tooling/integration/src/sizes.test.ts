import { expect, test } from 'vitest';
import { codeIn, read, rowsIn } from './documents.ts';

/** A row of .size-limit.json. */
interface SizeRow {
  readonly name: string;
  readonly path: string | readonly string[];
  readonly import?: string | Readonly<Record<string, string>>;
  readonly limit: string;
}

const bracesOf = ({ import: imported = '*' }: SizeRow): string[] => (typeof imported === 'string' ? [imported] : Object.values(imported));

/** What imports names, not all of a package. */
const rows = (JSON.parse(read('.size-limit.json')) as readonly SizeRow[])
  .filter((row) => bracesOf(row).every((braces) => braces.startsWith('{')))
  .map((row) => ({
    names: bracesOf(row)
      .map((braces) => braces.slice(2, -2))
      .join(', '),
    folder: String(row.path).split('/')[1] ?? '',
    limit: Number.parseFloat(row.limit),
  }));

test.each(rows)('the README of $folder says about what $names comes to, which is held to $limit kB', ({ names, folder, limit }) => {
  const said = rowsIn(read(`packages/${folder}/README.md`)).find(
    (row) => row['kB'] !== undefined && codeIn(row['import'] ?? '').includes(names),
  );
  expect(Number(said?.['kB'])).toBeLessThanOrEqual(limit);
  expect(Number(said?.['kB'])).toBeGreaterThan(0.85 * limit);
});
