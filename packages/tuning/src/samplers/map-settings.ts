import type { Choice, Parameter, Settings, Space } from '@downhill/core';
import { isThere } from '../space/is-there.ts';

/**
 * Settings with a value of `choose` for every parameter that is there: conditional ones whose condition the values before them do not meet are
 * left out, and fixed ones have their value.
 *
 * @example
 * mapSettings(space({ rate: float(0, 1), kind: fixed('sgd') }), () => 0.5); // { rate: 0.5, kind: 'sgd' }
 */
export function mapSettings({ parameters }: Space, choose: (parameter: Parameter, name: string) => Choice): Settings {
  const settings: Record<string, Choice> = {};
  for (const [name, parameter] of Object.entries(parameters)) {
    if (isThere(parameter, settings)) settings[name] = parameter.kind === 'fixed' ? parameter.value : choose(parameter, name);
  }
  return settings;
}
