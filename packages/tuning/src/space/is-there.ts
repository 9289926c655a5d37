import type { Choice, Parameter } from './parameter.ts';
import type { Settings } from './settings.ts';

/** Whether a parameter belongs to settings, of which those before it are known. */
export const isThere = ({ when = {} }: Parameter, settings: Settings): boolean =>
  Object.entries(when).every(([other, values]) => values.includes(settings[other] as Choice));
