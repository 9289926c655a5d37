import type { Picture } from '../picture.ts';
import { drawSvg } from '../render/draw-svg.ts';

const SIDE = 96;
const GRID = 12;

/**
 * A card on which a wrong sign or half a pixel shows: an F, which no mirror image and no turn leaves as it is, a grid, a frame of another colour
 * on each side, bars of colour, a ramp of 24 grays, and in the top right corner a chequerboard of single pixels. No level is below 15 or
 * above 240: what is black or white on a result came from the operation.
 */
export function testCard(): Picture {
  const { pixels } = drawSvg(card());
  const data = Float32Array.from({ length: SIDE * SIDE * 3 }, (_, i) => (pixels[Math.floor(i / 3) * 4 + (i % 3)] ?? 0) / 255);
  return { height: SIDE, width: SIDE, data, zoom: 1 };
}

const rect = (fill: string, x: number, y: number, width: number, height: number): string =>
  `<rect fill="${fill}" x="${x}" y="${y}" width="${width}" height="${height}"/>`;

const gray = (level: number): string => `rgb(${level},${level},${level})`;

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

const BARS = ['#f0f00f', '#0ff0f0', '#0ff00f', '#f00ff0', '#f00f0f', '#0f0ff0'];

function card(): string {
  const lines = range(SIDE / GRID).flatMap((i) => [rect('#a0a8b4', GRID * i, 0, 1, SIDE), rect('#a0a8b4', 0, GRID * i, SIDE, 1)]);
  const letter = [rect('#28324b', 18, 12, 10, 48), rect('#28324b', 18, 12, 36, 9), rect('#28324b', 18, 31, 26, 9)];
  const chequers = range(GRID * GRID).map((i) => {
    const [row, column] = [Math.floor(i / GRID), i % GRID];
    return rect(gray((row + column) % 2 === 0 ? 15 : 240), 72 + column, 12 + row, 1, 1);
  });
  const bars = BARS.map((colour, i) => rect(colour, 12 + 12 * i, 64, 12, 12));
  const ramp = range(24).map((i) => rect(gray(15 + Math.round((225 * i) / 23)), 12 + 3 * i, 76, 3, 10));
  const frame = [
    rect('#dc2828', 0, 0, SIDE, 2),
    rect('#2850dc', 0, SIDE - 2, SIDE, 2),
    rect('#e6c828', 0, 0, 2, SIDE),
    rect('#28a046', SIDE - 2, 0, 2, SIDE),
  ];
  const shapes = [rect('#dcdee1', 0, 0, SIDE, SIDE), ...lines, ...letter, ...chequers, ...bars, ...ramp, ...frame];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}" shape-rendering="crispEdges">${shapes.join('')}</svg>`;
}
