import { streamKey, type Parameter, type Settings, type Space, type StudyView } from '@downhill/core';
import { mapSettings } from '../../samplers/map-settings.ts';
import { uniformAt } from '../../samplers/uniform.ts';
import { checkSettings } from '../../space/check-settings.ts';
import { settingAt } from '../../space/setting-at.ts';
import { callPlugin } from '../call-plugin.ts';
import type { NewEvent } from '../ledger.ts';
import { keys } from '../replay/keys.ts';
import type { StoredTrial } from '../replay/stored.ts';
import type { StudyContext } from '../study-context.ts';

/** What the sampler says for a trial, checked. */
export function sampled({ sampler, space }: StudyContext, view: StudyView, number: number): Settings | undefined {
  const settings = callPlugin(sampler.name, () => sampler.sample(view, number));
  if (settings !== undefined) checkSettings(sampler.name, space, settings);
  return settings;
}

/**
 * Gives a running trial its settings, where it has none yet: those of the trial that it goes on from, or those that it was enqueued with and the
 * sampler's for the rest. A worker that is killed between two steps leaves a trial that the next one fills in the same way.
 *
 * @returns Whether it has settings now: not where the sampler has nothing left.
 */
export async function fillTrial(context: StudyContext, id: number, known?: Settings): Promise<boolean> {
  const { ledger, stored, space } = context;
  const trial = ledger.trial(id);
  if (Object.keys(trial.settings).length > 0 && isWhole(space, trial.settings)) return true;
  if (trial.continues !== undefined) {
    await ledger.sync(...copyOf(context, ledger.trial(stored.trials[trial.continues] as number), id));
    return true;
  }
  const settings = known ?? settingsFor(context, trial);
  if (settings === undefined) return false;
  await ledger.sync(...settingEvents(space.parameters, settings, id));
  return true;
}

/** Whether there is a value for every parameter that is there; those that are fixed need none. */
function isWhole(space: Space, settings: Settings): boolean {
  let whole = true;
  mapSettings(space, (_, name) => {
    const value = settings[name];
    whole &&= value !== undefined;
    return value ?? null;
  });
  return whole;
}

function settingsFor(context: StudyContext, { number, system, settings }: StoredTrial): Settings | undefined {
  const { space, seed } = context;
  const wanted: Settings = { ...(system[keys.enqueued] as Settings | undefined), ...settings };
  const isAll = isWhole(space, wanted);
  const rest = isAll ? {} : sampled(context, context.view(), number);
  if (Object.keys(wanted).length === 0) return rest;
  return mapSettings(space, (parameter, name) => {
    if (wanted[name] !== undefined) return wanted[name];
    if (rest?.[name] !== undefined) return rest[name];
    return settingAt(parameter, uniformAt(streamKey(seed, 'enqueued', number, name)));
  });
}

const settingEvents = (parameters: Readonly<Record<string, Parameter>>, settings: Settings, trial: number): readonly NewEvent[] =>
  Object.entries(settings).map(([name, value]) => ({ type: 'setting', trial, name, value, parameter: parameters[name] as Parameter }));

/** What a trial that goes on from another has from it. The settings come last: where they are, all is. */
const copyOf = ({ space }: StudyContext, from: StoredTrial, trial: number): readonly NewEvent[] => [
  ...from.reports.map((report): NewEvent => ({ type: 'report', trial, ...report })),
  ...Object.entries(from.attributes).map(([key, value]): NewEvent => ({ type: 'trial-attribute', by: 'user', trial, key, value })),
  ...settingEvents(space.parameters, from.settings, trial),
];
