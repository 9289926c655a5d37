import type { Picture } from '../picture.ts';
import type { Cell, Mark, Row, Sheet } from '../sheet.ts';

/** A picture's place on the page, in pixels of it. */
export interface Placed {
  readonly picture: Picture;
  readonly marks: readonly Mark[];
  readonly top: number;
  readonly left: number;
}

/** A line of text: x and y are where its baseline begins, or its middle is. */
export interface Line {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly style: 'title' | 'name' | 'note' | 'caption';
}

export interface Page {
  readonly height: number;
  readonly width: number;
  readonly pictures: readonly Placed[];
  readonly lines: readonly Line[];
}

const [MARGIN, TITLE, NAMES, SLOT, GAP, LINE] = [12, 34, 142, 104, 12, 14];

/** Where everything goes: a row's name and notes on the left, its pictures beside them in their own size, captions below. */
export function layout({ title, rows }: Sheet): Page {
  const slot = Math.max(SLOT, ...rows.flatMap(({ cells }) => cells.map(({ after }) => after.width * after.zoom)));
  const columns = Math.max(...rows.map(({ cells }) => cells.length));
  const pictures: Placed[] = [];
  const lines: Line[] = [{ text: title, x: MARGIN, y: MARGIN + 14, style: 'title' }];
  let top = MARGIN + TITLE;
  for (const row of rows) {
    const high = Math.max(...row.cells.map(({ after }) => after.height * after.zoom));
    lines.push(...namesOf(row, top));
    for (const [column, cell] of row.cells.entries()) {
      const left = MARGIN + NAMES + column * (slot + GAP);
      pictures.push(placed(cell, top, left, high, slot));
      lines.push(
        ...cell.caption.map((text, i): Line => ({ text, x: left + slot / 2, y: top + high + (i + 1) * LINE - 2, style: 'caption' })),
      );
    }
    const captions = Math.max(...row.cells.map(({ caption }) => caption.length));
    top += Math.max(high + captions * LINE, (row.notes.length + 1) * LINE) + GAP;
  }
  return { height: top, width: 2 * MARGIN + NAMES + columns * (slot + GAP) - GAP, pictures, lines };
}

const namesOf = ({ of, notes }: Row, top: number): readonly Line[] => [
  { text: of, x: MARGIN, y: top + 11, style: 'name' },
  ...notes.map((text, i): Line => ({ text, x: MARGIN, y: top + 11 + (i + 1) * LINE, style: 'note' })),
];

/** A picture in the middle of its slot. */
const placed = ({ after, marks }: Cell, top: number, left: number, high: number, slot: number): Placed => ({
  picture: after,
  marks,
  top: top + Math.floor((high - after.height * after.zoom) / 2),
  left: left + Math.floor((slot - after.width * after.zoom) / 2),
});
