import {
  checkNumber,
  complete,
  nearest,
  sampler,
  show,
  type Choice,
  type Parameter,
  type Parameters,
  type Sampler,
  type Settings,
} from '@downhill/core';
import { isThere } from '../space/is-there.ts';
import { refuse } from '../space/refuse.ts';
import { settingAt } from '../space/setting-at.ts';
import { valueAtPlace } from '../space/value-at-place.ts';
import { valueCount } from '../space/value-count.ts';
import { candidatesOf } from './candidates-of.ts';
import { firstUntried } from './first-untried.ts';

/** Options of {@link grid}. */
export interface GridOptions {
  /**
   * How many values to try of a float: a number for all that have no steps, or a number a name, also for ints and floats with steps, which else
   * are tried at all their values. They are spread evenly, over the logarithm where the parameter is, with both ends; a single one is in the middle.
   */
  readonly points?: number | Readonly<Record<string, number>>;
}

/**
 * Every combination of values, in the order of the space, the last parameter changing fastest; then there is nothing left to try. Combinations
 * that differ only in a conditional parameter that is not there are one. A trial that failed or was pruned has had its turn.
 *
 * Like Optuna's `GridSampler` and Keras Tuner's `GridSearch`. What was tried is read from the study's trials, so that it may be interrupted,
 * run in parallel, and mixed with enqueued trials.
 *
 * @example
 * grid({ points: { rate: 5 } }).name; // 'grid'
 *
 * @throws DownhillError `invalid-argument` where `points` is no whole number of at least 1; when it samples, where it names no number of the space,
 * or says nothing of a float without steps.
 */
export function grid(options: GridOptions = {}): Sampler {
  const { points: given } = complete('grid', options, { points: undefined });
  const points = given === undefined ? undefined : checkedPoints(given);
  const candidates = candidatesOf(({ parameters }) => cells(Object.entries(parameters), countsOf(parameters, points), {}));
  return sampler({
    name: 'grid',
    config: points === undefined ? {} : { points },
    sample: (study, number) => firstUntried(study, number, candidates(study)),
  });
}

function checkedPoints(points: NonNullable<GridOptions['points']>): NonNullable<GridOptions['points']> {
  const isNamed = typeof points === 'object' && points !== null && !Array.isArray(points);
  const counts = isNamed ? Object.fromEntries(Object.entries(points).map(([name, count]) => [`points.${name}`, count])) : { points };
  checkNumber('grid', counts, { min: 1, integer: true }, isNamed ? undefined : 'Or name parameters: { rate: 5 }.');
  return isNamed ? Object.freeze({ ...points }) : points;
}

/** How many values each parameter is tried at. */
function countsOf(parameters: Parameters, points: GridOptions['points']): ReadonlyMap<string, number> {
  const named = typeof points === 'object' ? points : {};
  for (const name of Object.keys(named)) checkNamed(name, parameters);
  const entries = Object.entries(parameters).map(([name, parameter]) => {
    const all = valueCount(parameter);
    const wanted = named[name] ?? (all === Infinity && typeof points === 'number' ? points : all);
    if (wanted === Infinity)
      refuse(
        'grid',
        `\`${name}\` can be any number of its range, and \`points\` does not say how many to try`,
        `Write grid({ points: { ${name}: 5 } }).`,
      );
    return [name, Math.min(wanted, all)] as const;
  });
  return new Map(entries);
}

function checkNamed(name: string, parameters: Parameters): void {
  const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
  if (parameter !== undefined && 'low' in parameter) return;
  const near = nearest(name, Object.keys(parameters));
  refuse(
    'grid',
    `\`points\` names ${show(name)}, which is ${parameter === undefined ? 'no parameter of the space' : `${parameter.kind} and tried at all its values`}`,
    parameter !== undefined || near === undefined ? undefined : `Did you mean ${show(near)}?`,
  );
}

function* cells(
  entries: readonly (readonly [string, Parameter])[],
  counts: ReadonlyMap<string, number>,
  settings: Settings,
): Generator<Settings> {
  const [first, ...rest] = entries;
  if (first === undefined) yield settings;
  else if (!isThere(first[1], settings)) yield* cells(rest, counts, settings);
  else for (const value of valuesOf(first[1], counts.get(first[0]) ?? 1)) yield* cells(rest, counts, { ...settings, [first[0]]: value });
}

function* valuesOf(parameter: Parameter, count: number): Generator<Choice> {
  const all = valueCount(parameter);
  let last: Choice | undefined;
  for (let i = 0; i < count; i += 1) {
    const value = count === all ? valueAtPlace(parameter, i) : settingAt(parameter, count === 1 ? 0.5 : i / (count - 1));
    if (value !== last) yield value; // few whole numbers, evenly in the logarithm, may be the same
    last = value;
  }
}
