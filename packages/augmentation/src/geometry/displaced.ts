/** How far from its own place each pixel of a picture shows, (x, y) in pixels. */
export interface Field {
  readonly displacement: Float32Array;
  readonly height: number;
  readonly width: number;
}

/** A place of the picture: what it shows, and how that changes along x and y. */
export interface Shown {
  readonly x: number;
  readonly y: number;
  readonly slopes: readonly [xx: number, xy: number, yx: number, yy: number];
}

/** What a place shows: `d` is bilinear between the middles of pixels, and beyond the outermost ones that of the nearest. */
export function shownAt({ displacement, height, width }: Field, x: number, y: number): Shown {
  const across = between(x, width);
  const down = between(y, height);
  const corner = (row: number, column: number, axis: 0 | 1): number => displacement[2 * (row * width + column) + axis] ?? 0;
  const along = (axis: 0 | 1): readonly [value: number, slopeX: number, slopeY: number] => {
    const [topLeft, topRight] = [corner(down.first, across.first, axis), corner(down.first, across.next, axis)];
    const [bottomLeft, bottomRight] = [corner(down.next, across.first, axis), corner(down.next, across.next, axis)];
    const top = topLeft + across.share * (topRight - topLeft);
    const bottom = bottomLeft + across.share * (bottomRight - bottomLeft);
    const slopeX = topRight - topLeft + down.share * (bottomRight - bottomLeft - (topRight - topLeft));
    return [top + down.share * (bottom - top), across.isInside ? slopeX : 0, down.isInside ? bottom - top : 0];
  };
  const [shiftX, xx, xy] = along(0);
  const [shiftY, yx, yy] = along(1);
  return { x: x + shiftX, y: y + shiftY, slopes: [1 + xx, xy, yx, 1 + yy] };
}

/** The pixels before and behind a place along an axis, and how near it is to the second. */
function between(place: number, length: number): { first: number; next: number; share: number; isInside: boolean } {
  const at = Math.min(Math.max(place - 0.5, 0), length - 1);
  const first = Math.min(Math.floor(at), Math.max(0, length - 2));
  return { first, next: Math.min(first + 1, length - 1), share: at - first, isInside: at === place - 0.5 };
}
