import meadow from './meadow.webp';
import piazzetta from './piazzetta.webp';

/** Pictures that come with the page. */
export const PICTURE_NAMES = ['piazzetta', 'meadow'] as const;
export type PictureName = (typeof PICTURE_NAMES)[number];

/** Where their files are. Parts of panoramas of Poly Haven (polyhaven.com, CC0 1.0). */
export const PICTURE_FILES: Readonly<Record<PictureName, string>> = { piazzetta, meadow };
