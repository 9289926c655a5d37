/** How wide and high the pad is in its own pixels. */
export const PAD = 140;
const WIDTH = 12;

/** Draws on the pad. */
export interface Pen {
  /** A line between two places; a dot where they are one. */
  line(from: Place, to: Place): void;
  wipe(): void;
  /** The ink of each pixel, from 0 to 255. */
  ink(): Uint8Array;
}

export type Place = readonly [x: number, y: number];

export function penOn(canvas: HTMLCanvasElement): Pen | undefined {
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return undefined;
  return {
    line(from, to) {
      Object.assign(context, { strokeStyle: '#fff', lineWidth: WIDTH, lineCap: 'round' });
      context.beginPath();
      context.moveTo(...from);
      context.lineTo(...to);
      context.stroke();
    },
    wipe: () => context.clearRect(0, 0, PAD, PAD),
    ink() {
      const { data } = context.getImageData(0, 0, PAD, PAD);
      return Uint8Array.from({ length: PAD * PAD }, (_, i) => data[4 * i + 3] ?? 0);
    },
  };
}

const ARROWS: Readonly<Record<string, Place>> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const STRIDE = 7;

/** Where an arrow key leads from a place; `undefined` for other keys. */
export function afterKey(key: string, [x, y]: Place): Place | undefined {
  const arrow = ARROWS[key];
  const inside = (at: number): number => Math.min(PAD, Math.max(0, at));
  return arrow && [inside(x + STRIDE * arrow[0]), inside(y + STRIDE * arrow[1])];
}
