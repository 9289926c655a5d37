/** In the place of a default where there is none: the check that follows says what is missing. */
export const REQUIRED: number = undefined as never;
