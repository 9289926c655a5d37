import { DownhillError } from '@downhill/core';
import { shownAt, type Field, type Shown } from './displaced.ts';
import { foldsOf, holds } from './folds.ts';
import type { Point } from './matrix.ts';

/** In pixels: less than the roundings of the field itself, float32 numbers of up to some tens. */
const TOLERANCE = 1e-6;
const MOST_STEPS = 60;
const SHORTEST_STEP = 2 ** -8;

/**
 * The way back through a displacement: where a picture shows a point, that is the p for which p + d(p) is that point. d is bilinear between
 * the middles of pixels, and beyond the outermost ones that of the nearest. By Newton's method, whose step is halved until it gets nearer.
 *
 * @throws DownhillError `unsupported`, from the function, for a point in reach of a fold: more than one place shows it, or none.
 */
export function undisplacing(field: Field): (point: Point) => Point {
  const folds = foldsOf(field);
  return (point) => {
    const place = folds.some((fold) => holds(fold, point)) ? undefined : placeShowing(field, point);
    if (place !== undefined) return place;
    throw new DownhillError({
      code: 'unsupported',
      source: 'augmentation',
      problem: `no single place shows the point (${point.map((value) => value.toFixed(1)).join(', ')}): the displacement folds the picture there`,
      advice: 'Lower the alpha of elastic() or raise its sigma; keep the distortion of lensDistortion() above -1/3.',
    });
  };
}

function placeShowing(field: Field, [goalX, goalY]: Point): Point | undefined {
  const tried = (x: number, y: number): { place: Point; off: Point; far: number; slopes: Shown['slopes'] } => {
    const shown = shownAt(field, x, y);
    const off = [shown.x - goalX, shown.y - goalY] as const;
    return { place: [x, y], off, far: Math.max(Math.abs(off[0]), Math.abs(off[1])), slopes: shown.slopes };
  };
  let best = tried(goalX, goalY);
  for (let step = 0; step < MOST_STEPS && best.far > TOLERANCE; step++) {
    const { place, off, slopes } = best;
    const [stepX, stepY] = newtonStep(off, slopes);
    let share = 1;
    let next = tried(place[0] - stepX, place[1] - stepY);
    while (!(next.far < best.far) && share > SHORTEST_STEP) {
      share /= 2;
      next = tried(place[0] - share * stepX, place[1] - share * stepY);
    }
    if (!(next.far < best.far)) return undefined;
    best = next;
  }
  return best.far <= TOLERANCE ? best.place : undefined;
}

/** Where the slopes turn the picture over, the plain difference in place of Newton's step. */
function newtonStep([x, y]: Point, [xx, xy, yx, yy]: Shown['slopes']): Point {
  const determinant = xx * yy - xy * yx;
  return determinant > 0 ? [(yy * x - xy * y) / determinant, (xx * y - yx * x) / determinant] : [x, y];
}
