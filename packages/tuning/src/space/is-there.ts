import type { Choice, Parameter, Settings } from '@downhill/core';

/** Whether a parameter belongs to settings, of which those before it are known. */
export const isThere = ({ when = {} }: Parameter, settings: Settings): boolean =>
  Object.entries(when).every(([other, values]) => values.includes(settings[other] as Choice));
