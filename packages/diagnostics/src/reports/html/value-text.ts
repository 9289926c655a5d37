import type { Json } from '@downhill/core';
import { numberText } from '@downhill/core/page';

/** A setting or an end as a cell shows it. */
export function valueText(value: Json | undefined): string {
  if (value === undefined || value === null) return '';
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : numberText(value);
  return typeof value === 'string' ? value : JSON.stringify(value);
}
