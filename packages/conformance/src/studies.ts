import {
  randomStream,
  streamKey,
  type Choice,
  type Direction,
  type FrozenTrial,
  type Parameter,
  type Parameters,
  type Settings,
  type Space,
  type StudyView,
} from '@downhill/core';
import { frozen } from './plugin-checks.ts';

const spaceOf = (parameters: Parameters): Space => ({ parameters, toJSON: () => parameters });

/** Numbers alone. */
const numbers: Parameters = {
  rate: { kind: 'float', low: 1e-5, high: 0.1, log: true },
  momentum: { kind: 'float', low: 0, high: 0.99, log: false },
  dropout: { kind: 'float', low: 0, high: 0.5, log: false, step: 0.25 },
  units: { kind: 'int', low: 16, high: 64, log: false, step: 16 },
  layers: { kind: 'int', low: 1, high: 6, log: true, step: 1 },
  only: { kind: 'int', low: 3, high: 3, log: false, step: 1 },
  batch: { kind: 'fixed', value: 32 },
};

const choices: Parameters = {
  optimizer: { kind: 'categorical', choices: ['sgd', 'adam', 'lion'] },
  clip: { kind: 'categorical', choices: [null, 1, true, '1'] },
  alone: { kind: 'categorical', choices: ['this'] },
};

/** Spaces by what a sampler may declare that it does not take. */
export const spaces: Readonly<Record<'numbers' | 'categorical' | 'conditional', Space>> = frozen({
  numbers: spaceOf(numbers),
  categorical: spaceOf({ ...choices, rate: numbers['rate'] as Parameter }),
  conditional: spaceOf({
    optimizer: { kind: 'categorical', choices: ['sgd', 'adam'] },
    momentum: { kind: 'float', low: 0, high: 0.99, log: false, when: { optimizer: ['sgd'] } },
    layers: { kind: 'int', low: 1, high: 3, log: false, step: 1 },
    second: { kind: 'int', low: 8, high: 64, log: true, step: 1, when: { layers: [2, 3] } },
    third: { kind: 'float', low: 0, high: 1, log: false, when: { layers: [3], optimizer: ['adam'] } },
  }),
});

/** The value of a parameter at a place from 0 to 1. */
function valueAt(parameter: Parameter, place: number): Choice {
  if (parameter.kind === 'fixed') return parameter.value;
  const pick = (count: number): number => Math.min(Math.floor(place * count), count - 1);
  if (parameter.kind === 'categorical') return parameter.choices[pick(parameter.choices.length)] ?? null;
  const { low, high, step } = parameter;
  return step === undefined ? low + place * (high - low) : low + step * pick(Math.floor((high - low) / step) + 1);
}

const isThere = ({ when = {} }: Parameter, settings: Settings): boolean =>
  Object.entries(when).every(([name, values]) => settings[name] !== undefined && values.includes(settings[name]));

/** Settings of a space, each somewhere else. */
export function someSettings({ parameters }: Space, number: number): Settings {
  const places = randomStream(streamKey(3, 'conformance', number));
  const settings: Record<string, Choice> = {};
  for (const [i, [name, parameter]] of Object.entries(parameters).entries())
    if (isThere(parameter, settings)) settings[name] = valueAt(parameter, places.uniformAt(i));
  return settings;
}

/** What is wrong with settings, in words; undefined for those of the space. */
export function faultIn({ parameters }: Space, settings: Settings): string | undefined {
  for (const name of Object.keys(settings))
    if (!Object.hasOwn(parameters, name)) return `it sets '${name}', which is no parameter of the space`;
  for (const [name, parameter] of Object.entries(parameters)) {
    const value = settings[name];
    if (!isThere(parameter, settings)) {
      if (value !== undefined) return `it sets '${name}', whose condition ${JSON.stringify(parameter.when)} is not met`;
    } else if (value === undefined) return `it leaves '${name}' out`;
    else if (!isValueOf(parameter, value))
      return `'${name}' is ${JSON.stringify(value)}, which is no value of ${JSON.stringify(parameter)}`;
  }
  return undefined;
}

function isValueOf(parameter: Parameter, value: Choice): boolean {
  if (parameter.kind === 'fixed') return value === parameter.value;
  if (parameter.kind === 'categorical') return parameter.choices.includes(value);
  const { kind, low, high, step } = parameter;
  if (typeof value !== 'number' || !(value >= low && value <= high) || (kind === 'int' && !Number.isInteger(value))) return false;
  return step === undefined || value === high || Math.abs((value - low) / step - Math.round((value - low) / step)) < 1e-9;
}

/** A trial that is running and has nothing yet, but for what is given. */
export const trialOf = (number: number, given: Partial<FrozenTrial> = {}): FrozenTrial => ({
  ...{ number, state: 'running', settings: {}, reports: [], repeat: 0, attributes: {} },
  ...given,
});

/** A trial that came to its last report. */
export const completeTrial = (number: number, values: readonly number[], settings: Settings = {}): FrozenTrial =>
  trialOf(number, { state: 'complete', settings, reports: reportsOf(values), value: values.at(-1) ?? 0 });

export const reportsOf = (values: readonly number[]): FrozenTrial['reports'] => values.map((value, step) => ({ step, value }));

/** Deeply frozen, as a study’s own views are. */
export const viewOf = (
  trials: readonly FrozenTrial[],
  { space = spaces.numbers, direction = 'minimize', seed = 1 }: { space?: Space; direction?: Direction; seed?: number } = {},
): StudyView => frozen({ name: 'conformance', direction, seed, space, trials });
