import { checkNumber, type ParameterInfo } from '@downhill/core';

/** Where the units of a layer are numbered. */
export interface UnitOptions {
  /** The axis that numbers the output units, whole; negative ones count from the end. @defaultValue -1 (tfjs, Keras; PyTorch has 0) */
  unitAxis?: number;
}

export const checkUnitAxis = (source: string, unitAxis: number): void => checkNumber(source, { unitAxis }, { integer: true });

/**
 * The axes over which one unit's weights lie: all but that of the units, and all where there is no such axis. Undefined of a vector or scalar,
 * in which each weight would be a unit of its own.
 */
export function axesOfUnit({ shape: { length: rank } }: ParameterInfo, unitAxis: number): readonly number[] | undefined {
  if (rank < 2) return undefined;
  const unit = unitAxis < 0 ? unitAxis + rank : unitAxis;
  return Array.from({ length: rank }, (_, axis) => axis).filter((axis) => axis !== unit);
}
