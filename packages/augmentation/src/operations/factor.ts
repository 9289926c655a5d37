/** A factor; 1 leaves the image as it is. */
export interface FactorDraw {
  readonly factor: number;
  readonly [key: string]: number;
}
