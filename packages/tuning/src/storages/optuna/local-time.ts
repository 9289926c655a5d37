const digits = (value: number, count: number): string => String(value).padStart(count, '0');

/**
 * Milliseconds since 1970 as Python's `datetime.now().isoformat(timespec='microseconds')` writes them: the clock on the wall of this machine,
 * without its time zone. That is what Optuna's journal holds, so a journal that moves to another time zone has its trials at other moments.
 */
export function localTimeText(milliseconds: number): string {
  const time = new Date(milliseconds);
  const date = [digits(time.getFullYear(), 4), digits(time.getMonth() + 1, 2), digits(time.getDate(), 2)].join('-');
  const clock = [time.getHours(), time.getMinutes(), time.getSeconds()].map((part) => digits(part, 2)).join(':');
  return `${date}T${clock}.${digits(time.getMilliseconds(), 3)}000`;
}

/** The other way; NaN where the text is no such time. Parts of a millisecond are dropped. */
export const localTime = (text: string): number => (/^\d{4}-\d\d-\d\dT/.test(text) ? Date.parse(text) : Number.NaN);
