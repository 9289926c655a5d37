/** A number in a hook's state: JSON has no NaN and no infinity, so that they become words. */
export const numberToJson = (value: number | null): number | string | null =>
  value === null || Number.isFinite(value) ? value : String(value);

/** What {@link numberToJson} was given. */
export const numberFromJson = (json: number | string | null): number | null => (json === null ? null : Number(json));
