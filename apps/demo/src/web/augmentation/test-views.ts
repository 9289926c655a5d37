/** The side of the ten crops, in pixels of a picture of 128. */
export const CROP = 96;

/** The sides of the five sizes. */
export const SIDES = [48, 72, 96, 128, 160] as const;

const PLACES = ['top left', 'top right', 'bottom left', 'bottom right', 'middle'];

/** What a prediction is averaged over when a network is tested: ten crops, then five sizes. */
export const VIEW_TITLES: readonly string[] = [
  ...PLACES,
  ...PLACES.map((place) => `${place}, mirrored`),
  ...SIDES.map((side) => `${side} pixels`),
];
