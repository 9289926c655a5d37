import type { Choice, Parameter } from '@downhill/core';

const choicesOf = (parameter: Parameter): readonly Choice[] | undefined =>
  parameter.kind === 'categorical' ? parameter.choices : parameter.kind === 'fixed' ? [parameter.value] : undefined;

/**
 * Whether values of two parameters of one name may stand in one study, by the rule of Optuna's `check_distribution_compatibility`: bounds and
 * steps may change, but neither the kind nor the scale nor the choices.
 */
export function isSameKind(before: Parameter, now: Parameter): boolean {
  const [choices, choicesNow] = [choicesOf(before), choicesOf(now)];
  if (choices !== undefined && choicesNow !== undefined)
    return choices.length === choicesNow.length && choices.every((choice, i) => choice === choicesNow[i]);
  return before.kind === now.kind && 'log' in before && 'log' in now && before.log === now.log;
}
