import { createHash } from 'node:crypto';

/** Takes classes of pictures one after the other, and leaves out what is no picture of that size and what came before, in any class. */
export function cleaner(pixels: number): (rows: readonly (readonly number[])[]) => readonly Uint8Array[] {
  const seen = new Set<string>();
  return (rows) =>
    rows
      .filter((row) => row.length === pixels)
      .map((row) => Uint8Array.from(row))
      .filter((picture) => {
        const hash = createHash('sha256').update(picture).digest('base64');
        const isNew = !seen.has(hash);
        seen.add(hash);
        return isNew;
      });
}
