const DASHES: readonly (readonly number[] | undefined)[] = [undefined, [8, 4], [2, 3], [10, 3, 2, 3]];

/** A dash for each line beside its colour, for those who do not tell colours apart. */
export const dashOf = (index: number): { readonly dash?: readonly number[] } => {
  const dash = DASHES[index % DASHES.length];
  return dash === undefined ? {} : { dash };
};
