import { escaped } from '@downhill/core/page';
import type { Mark } from '../sheet.ts';
import type { Line, Page, Placed } from './layout.ts';

const STYLES: Readonly<Record<Line['style'], string>> = {
  title: 'font-size="17" font-weight="bold"',
  name: 'font-size="12" font-weight="bold"',
  note: 'font-size="11" fill="#57606a"',
  caption: 'font-size="11" text-anchor="middle"',
};

/** What stands over the pictures: text and marks. */
export function pageSvg({ height, width, pictures, lines }: Page): string {
  const texts = lines.map(({ text, x, y, style }) => `<text x="${x}" y="${y}" ${STYLES[style]}>${escaped(text)}</text>`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" fill="#1f2328">`,
    ...texts,
    ...pictures.flatMap(marksOf),
    '</svg>',
  ].join('\n');
}

const marksOf = ({ marks, picture: { zoom }, top, left }: Placed): readonly string[] =>
  marks.map((mark) => `<g transform="translate(${left} ${top}) scale(${zoom})">${shapeOf(mark)}</g>`);

const shapeOf = (mark: Mark): string => {
  if ('point' in mark) return `<circle cx="${mark.point[0]}" cy="${mark.point[1]}" r="3" fill="#ff00dc" stroke="#ffffff"/>`;
  const [left, top, right, bottom] = mark.box;
  return `<rect x="${left}" y="${top}" width="${right - left}" height="${bottom - top}" fill="none" stroke="#d1001f" stroke-width="1.5"/>`;
};
