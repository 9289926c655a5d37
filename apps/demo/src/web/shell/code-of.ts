import type { Schedule } from '@downhill/core';

/** A value as code; a schedule is the call that makes it. */
export function codeOf(value: unknown): string {
  if (isNamed(value)) return `${value.name}(${Array.isArray(value.config) ? value.config.map(codeOf).join(', ') : codeOf(value.config)})`;
  if (Array.isArray(value)) return `[${value.map(codeOf).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .filter(([, item]) => item !== undefined)
      .map(([name, item]) => `${name}: ${codeOf(item)}`)
      .join(', ')} }`;
  return JSON.stringify(value);
}

const isNamed = (value: unknown): value is Pick<Schedule, 'name' | 'config'> =>
  typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schedule' && 'config' in value;
