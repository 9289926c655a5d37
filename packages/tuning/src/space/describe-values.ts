import { show, type Parameter } from '@downhill/core';

/** What a parameter takes, for messages. */
export function describeValues(parameter: Parameter): string {
  if (parameter.kind === 'fixed') return show(parameter.value);
  if (parameter.kind === 'categorical') return `one of ${parameter.choices.map(show).join(', ')}`;
  const { kind, low, high, step } = parameter;
  const steps = step === undefined || (kind === 'int' && step === 1) ? '' : ` in steps of ${step}`;
  return `a ${kind === 'int' ? 'whole ' : ''}number from ${low} to ${high}${steps}`;
}
