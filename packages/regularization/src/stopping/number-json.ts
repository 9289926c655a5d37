/** JSON has no NaN and no infinity: they become words. */
export const numberToJson = (value: number | null): number | string | null =>
  value === null || Number.isFinite(value) ? value : String(value);

export const numberFrom = (json: number | string | null): number | null => (json === null ? null : Number(json));
