import {
  DownhillError,
  show,
  type CategoricalParameter,
  type Choice,
  type FloatParameter,
  type IntParameter,
  type Parameter,
} from '@downhill/core';
import { lastStep } from './decimal-steps.ts';
import { fieldsOf, numberIn, refuse, refuseUnknown, type Fields } from './fields.ts';
import { parsePythonJson, pythonJson } from './python-json.ts';

/**
 * A parameter as Optuna writes it, JSON inside of JSON (`distribution_to_json` in its `distributions.py`). What Optuna has no word for is left
 * out: a condition, and that a value is fixed, which is there a choice among one.
 */
export function distributionText(parameter: Parameter): string {
  return pythonJson(distributionOf(parameter));
}

function distributionOf(parameter: Parameter): { name: string; attributes: Fields } {
  switch (parameter.kind) {
    case 'float': {
      const { low, high, log, step } = parameter;
      const last = step === undefined ? high : lastStep(low, high, step);
      return { name: 'FloatDistribution', attributes: { step: step ?? null, low, high: last, log } };
    }
    case 'int': {
      const { low, high, log, step } = parameter;
      return { name: 'IntDistribution', attributes: { log, step, low, high: lastStep(low, high, step) } };
    }
    case 'categorical':
      return { name: 'CategoricalDistribution', attributes: { choices: parameter.choices } };
    case 'fixed':
      return { name: 'CategoricalDistribution', attributes: { choices: [parameter.value] } };
    default:
      return parameter satisfies never;
  }
}

/** The parameter that {@link distributionText} wrote, or Optuna, also one before 3.0. */
export function parameterOf(text: unknown): Parameter {
  const { name, attributes } = fieldsOf('distribution', typeof text === 'string' ? parsePythonJson(text) : text);
  const given = fieldsOf('attributes', attributes);
  switch (name) {
    case 'FloatDistribution':
      return float(given, { log: given['log'] === true, step: given['step'] });
    case 'IntDistribution':
      return int(given, given['log'] === true);
    case 'CategoricalDistribution':
      return categorical(given);
    case 'UniformDistribution':
      return float(given, { log: false, step: null });
    case 'LogUniformDistribution':
      return float(given, { log: true, step: null });
    case 'DiscreteUniformDistribution':
      return float(given, { log: false, step: given['q'] });
    case 'IntUniformDistribution':
      return int(given, false);
    case 'IntLogUniformDistribution':
      return int(given, true);
    default:
      return refuseUnknown(`the distribution ${show(name)} is not known`);
  }
}

function float(given: Fields, { log, step }: { log: boolean; step: unknown }): FloatParameter {
  const range = { low: numberIn(given, 'low'), high: numberIn(given, 'high') };
  return { kind: 'float', ...range, log, ...(typeof step === 'number' ? { step } : {}) };
}

const int = (given: Fields, log: boolean): IntParameter => ({
  kind: 'int',
  low: numberIn(given, 'low'),
  high: numberIn(given, 'high'),
  log,
  step: log || typeof given['step'] !== 'number' ? 1 : given['step'],
});

/** A choice that is a list or an object, which Optuna only warns of, is taken as its text. */
function categorical({ choices }: Fields): CategoricalParameter {
  if (!Array.isArray(choices) || choices.length === 0) return refuse(`\`choices\` must be a list of at least one, got ${show(choices)}`);
  return {
    kind: 'categorical',
    choices: choices.map((choice: unknown) => (typeof choice === 'object' && choice !== null ? pythonJson(choice) : (choice as Choice))),
  };
}

/** What Optuna keeps of a value: its index among the choices, or the number (`to_internal_repr`). */
export function internalValue(name: string, value: Choice | undefined, parameter: Parameter): number {
  if (parameter.kind === 'float' || parameter.kind === 'int') {
    if (typeof value === 'number') return value;
  } else {
    const choices = parameter.kind === 'fixed' ? [parameter.value] : parameter.choices;
    const index = choices.findIndex((choice) => Object.is(choice, value) || choice === value);
    if (index >= 0) return index;
  }
  throw new DownhillError({
    code: 'invalid-argument',
    source: 'journalFile',
    problem: `\`${name}\` must be a value of its parameter ${show(parameter)}, got ${show(value)}`,
  });
}

/** The other way (`to_external_repr`). */
export function settingOf(name: string, internal: number, parameter: Parameter): Choice {
  if (parameter.kind === 'int') return Math.trunc(internal);
  if (parameter.kind !== 'categorical') return internal;
  const { choices } = parameter;
  const choice = choices[Math.trunc(internal)];
  return choice === undefined ? refuse(`\`${name}\` is choice ${internal} of ${choices.length}`) : choice;
}
