import { expect, test } from 'vitest';
import type { Picture } from '../picture.ts';
import { layout } from './layout.ts';

const picture = (height: number, width: number, zoom = 1): Picture => ({ height, width, zoom, data: new Float32Array(height * width * 3) });

const cell = (after: Picture) => ({ caption: ['a', 'b'], before: after, after, isSame: true, marks: [] });

test('places pictures and text apart, within the page', () => {
  const after = [picture(96, 96), picture(120, 120), picture(28, 28, 3)];
  const { height, width, pictures, lines } = layout({
    name: 'x',
    title: 'X',
    rows: after.map((each) => ({ of: 'flip', notes: ['n'], cells: [cell(each), cell(each)] })),
  });
  const boxes = pictures.map(({ picture: { zoom, ...size }, top, left }) => ({
    top,
    left,
    bottom: top + size.height * zoom,
    right: left + size.width * zoom,
  }));
  for (const box of boxes) {
    expect(box.top).toBeGreaterThan(0);
    expect(box.bottom).toBeLessThan(height);
    expect(box.right).toBeLessThan(width);
    expect(
      boxes.filter((other) => other.top < box.bottom && box.top < other.bottom && other.left < box.right && box.left < other.right),
    ).toEqual([box]);
    expect(lines.filter(({ x, y }) => x > box.left && x < box.right && y > box.top && y < box.bottom)).toEqual([]);
  }
  expect(Math.max(...lines.map(({ y }) => y))).toBeLessThan(height);
});
