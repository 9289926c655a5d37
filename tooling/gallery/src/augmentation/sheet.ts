import type * as augmentation from '@downhill/augmentation';
import type { Picture } from './picture.ts';

/** What the package exports. */
export type Exported = keyof typeof augmentation;

/** A box or a point on a picture, in its pixels. */
export type Mark =
  | { readonly box: readonly [left: number, top: number, right: number, bottom: number] }
  | { readonly point: readonly [x: number, y: number] };

/** A picture and what came of it. */
export interface Cell {
  /** Lines. */
  readonly caption: readonly string[];
  readonly before: Picture;
  readonly after: Picture;
  /** Whether nothing is to happen: the picture stands there to compare with. */
  readonly isSame: boolean;
  /** On what came of it. */
  readonly marks: readonly Mark[];
}

/** One operation at several magnitudes. */
export interface Row {
  readonly of: Exported;
  /** Lines: what is the same in all cells, and what is to be seen. */
  readonly notes: readonly string[];
  readonly cells: readonly Cell[];
}

/** A page of rows, as a file. */
export interface Sheet {
  /** Of the file, without its ending. */
  readonly name: string;
  readonly title: string;
  readonly rows: readonly Row[];
}
