import { numberText } from '@downhill/core/page';
import type { Choice } from '../space/parameter.ts';

/** A setting as a cell shows it. */
export const settingText = (setting: Choice | undefined): string =>
  setting === undefined ? '' : typeof setting === 'number' ? numberText(setting, 6) : String(setting);
