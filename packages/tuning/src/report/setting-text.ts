import type { Choice } from '@downhill/core';
import { numberText } from '@downhill/core/page';

/** A setting as a cell shows it. */
export const settingText = (setting: Choice | undefined): string =>
  setting === undefined ? '' : typeof setting === 'number' ? numberText(setting, 6) : String(setting);
