/** A box of pixels, from the first to before the second. */
export interface CutmixBox {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** The box of a draw, cut off at the image's edges, and the share of the image that is left. */
export function cutmixBox(
  { lambda, row, column }: { readonly lambda: number; readonly row: number; readonly column: number },
  { height, width }: { readonly height: number; readonly width: number },
): { readonly box: CutmixBox; readonly share: number } {
  const ratio = Math.sqrt(1 - lambda);
  const [halfHeight, halfWidth] = [height, width].map((side) => Math.floor(Math.trunc(side * ratio) / 2)) as [number, number];
  const inside = (value: number, side: number): number => Math.min(side, Math.max(0, value));
  const box = {
    top: inside(row - halfHeight, height),
    bottom: inside(row + halfHeight, height),
    left: inside(column - halfWidth, width),
    right: inside(column + halfWidth, width),
  };
  return { box, share: 1 - ((box.bottom - box.top) * (box.right - box.left)) / (height * width) };
}
