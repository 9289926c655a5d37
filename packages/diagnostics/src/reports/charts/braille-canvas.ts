/** Shares of the canvas: x from the left, y from the top. */
interface Place {
  readonly x: number;
  readonly y: number;
}

interface BrailleCanvas {
  line(places: readonly Place[], colour: number): void;
  /** A sign of its own in place of the dots. */
  mark(place: Place, sign: string, colour: number): void;
  rows(paint: (text: string, colour: number) => string): string[];
}

/** The bits of a Braille pattern's dots, row by row (Unicode, block U+2800). */
const DOTS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
] as const;
const BLANK = 0x2800;

/** A canvas of signs with 2 × 4 dots each. */
export function brailleCanvas(columns: number, rows: number): BrailleCanvas {
  const cells = Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ bits: 0, sign: '', colour: 0 })));
  const [wide, high] = [columns * 2 - 1, rows * 4 - 1];
  const cellAt = (x: number, y: number) => cells[Math.floor(y / 4)]?.[Math.floor(x / 2)];
  const dot = (x: number, y: number, colour: number): void => {
    const cell = cellAt(x, y);
    if (cell === undefined) return;
    cell.bits |= DOTS[y % 4]?.[x % 2] ?? 0;
    cell.colour = colour;
  };
  return {
    line(places, colour) {
      for (const [i, to] of places.entries()) {
        const from = places[Math.max(0, i - 1)] ?? to;
        const steps = Math.max(1, Math.ceil(Math.max(Math.abs(to.x - from.x) * wide, Math.abs(to.y - from.y) * high)));
        for (let step = 0; step <= steps; step++) {
          const share = step / steps;
          const [x, y] = [from.x + (to.x - from.x) * share, from.y + (to.y - from.y) * share];
          dot(Math.round(x * wide), Math.round(y * high), colour);
        }
      }
    },
    mark(place, sign, colour) {
      const cell = cellAt(Math.round(place.x * wide), Math.round(place.y * high));
      if (cell !== undefined) Object.assign(cell, { sign, colour });
    },
    rows: (paint) => cells.map((row) => painted(row, paint).trimEnd()),
  };
}

interface Cell {
  readonly bits: number;
  readonly sign: string;
  readonly colour: number;
}

/** Neighbours of one colour are painted at once. */
function painted(row: readonly Cell[], paint: (text: string, colour: number) => string): string {
  const runs: { text: string; colour: number | undefined }[] = [];
  for (const { bits, sign, colour } of row) {
    const blank = bits === 0 && sign === '';
    const text = blank ? ' ' : sign || String.fromCodePoint(BLANK + bits);
    const last = runs.at(-1);
    if (last !== undefined && last.colour === (blank ? undefined : colour)) last.text += text;
    else runs.push({ text, colour: blank ? undefined : colour });
  }
  return runs.map(({ text, colour }) => (colour === undefined ? text : paint(text, colour))).join('');
}
