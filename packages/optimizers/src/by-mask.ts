import { checkMask, masked, type Mask, type Transform } from '@downhill/core';

const complement = (mask: Mask): Mask => (typeof mask === 'function' ? (parameter) => !mask(parameter) : { noneOf: [mask] });

/** Some parts for the parameters that a mask takes and others for the rest; without a mask all are taken. */
export function byMask(
  source: string,
  mask: Mask | undefined,
  taken: readonly Transform[],
  rest: readonly Transform[],
): readonly Transform[] {
  if (mask === undefined) return taken;
  checkMask(source, mask);
  return [...taken.map((part) => masked(part, mask)), ...rest.map((part) => masked(part, complement(mask)))];
}
