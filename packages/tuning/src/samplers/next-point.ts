import type { Settings } from '../space/settings.ts';
import { settingAt } from '../space/setting-at.ts';
import type { Space } from '../space/space.ts';
import type { StudyView } from '../study/study-view.ts';
import { firstUntried } from './first-untried.ts';
import { mapSettings } from './map-settings.ts';

/** A sequence of points in the unit cube, by number from 0 on. */
export type Sequence = (index: number) => readonly number[];

/**
 * The settings at the next point of a sequence that no trial has had. Every parameter that is searched is a dimension, conditional ones also
 * where they are not there.
 *
 * @param sequenceOf Makes the sequence for a number of dimensions.
 */
export function nextPoint(study: StudyView, number: number, sequenceOf: (dimensions: number) => Sequence): Settings | undefined {
  return firstUntried(study, number, settingsAlong(study.space, sequenceOf));
}

function* settingsAlong(space: Space, sequenceOf: (dimensions: number) => Sequence): Generator<Settings> {
  const names = Object.keys(space.parameters).filter((name) => space.parameters[name]?.kind !== 'fixed');
  const sequence = sequenceOf(names.length);
  for (let index = 0; ; index += 1) {
    const point = sequence(index);
    yield mapSettings(space, (parameter, name) => settingAt(parameter, point[names.indexOf(name)] ?? 0));
  }
}
