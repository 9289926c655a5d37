import type { Parameters } from './parameter.ts';
import type { Settings, SettingsOf } from './settings.ts';
import type { Space } from './space.ts';
import type { FrozenTrial } from './frozen-trial.ts';

export type Direction = 'minimize' | 'maximize';

/** A study at one moment, for samplers, pruners, pictures: frozen, with no way back to the study itself. */
export interface StudyView<Given extends Parameters = Parameters> {
  readonly name: string;
  readonly direction: Direction;
  /** What everything random in the study is drawn from. */
  readonly seed: number;
  readonly space: Space<Given>;
  /** By number, those that wait and run included. */
  readonly trials: readonly FrozenTrial<SettingsOf<Given> & Settings>[];
}
