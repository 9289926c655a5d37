import { usualNumbers, type Racer } from './rules.ts';

/** A racer's name: its rule, and what of its numbers is not as usual. */
export function racerName({ rule, numbers }: Racer, surface: string): string {
  const usual = usualNumbers(rule, surface);
  const changed = Object.entries(numbers).filter(([name, value]) => usual[name] !== value);
  return [rule, ...changed.map(([name, value]) => (value === true ? name : value === false ? `no ${name}` : `${name} ${value}`))].join(
    ' · ',
  );
}
