import { numberText } from '@downhill/core/page';

const UNITS = [
  [1e12, 'TB'],
  [1e9, 'GB'],
  [1e6, 'MB'],
  [1e3, 'kB'],
] as const;

/** A value of a chart: bytes in the largest unit of which there is at least one, all else as a number. */
export function quantityText(name: string, value: number): string {
  if (!/\bbytes$/.test(name)) return numberText(value);
  const [size, unit] = UNITS.find(([least]) => Math.abs(value) >= least) ?? ([1, 'B'] as const);
  return `${numberText(value / size)} ${unit}`;
}
