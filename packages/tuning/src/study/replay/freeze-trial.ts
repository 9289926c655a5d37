import type { FrozenTrial } from '@downhill/core';
import { keys } from './keys.ts';
import type { StoredTrial } from './stored.ts';

const frozen = /* @__PURE__ */ new WeakMap<StoredTrial, FrozenTrial>();

/** What samplers, pruners and users see of a trial: the same object for as long as nothing about it changes. */
export function freezeTrial(trial: StoredTrial): FrozenTrial {
  const known = frozen.get(trial);
  if (known !== undefined) return known;
  const { number, state, settings, value, reports, continues, repeats, repeat, system, attributes, startedAt, endedAt } = trial;
  const error = system[keys.error];
  const made: FrozenTrial = Object.freeze({
    number,
    state,
    settings: Object.freeze(settings),
    ...(state === 'complete' && value !== undefined ? { value } : {}),
    reports: Object.freeze(reports),
    ...(continues === undefined ? {} : { continues }),
    ...(repeats === undefined ? {} : { repeats }),
    repeat,
    ...(state === 'failed' && typeof error === 'string' ? { error } : {}),
    attributes: Object.freeze(attributes),
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
  });
  frozen.set(trial, made);
  return made;
}
