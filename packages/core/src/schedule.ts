import { checkNumber, show, type NumberRule } from './check.ts';
import { DownhillError } from './errors.ts';
import { pluginJson, type Plugin, type PluginConfig } from './plugin.ts';

/** A number that depends on the step alone. Made by {@link schedule}. */
export interface Schedule extends Plugin<'schedule'> {
  /** The value that optimizer step `step` uses; steps count from 0. What stretches or bends a schedule's time asks between whole steps too. */
  at(step: number): number;
}

/** Whatever takes a schedule takes a plain number too. */
export type ScheduleLike = number | Schedule;

export interface ScheduleDefinition {
  /** The factory's name. */
  readonly name: string;
  /** The factory's options, or its arguments as an array: plain JSON and other schedules. */
  readonly config: PluginConfig;
  /** The value for `step`, in float64 and without `Math.cos` and its like (they differ between engines; core has portable ones). */
  readonly at: (step: number) => number;
}

/**
 * Makes a schedule out of one pure function of the step.
 *
 * @example
 * const half = schedule({ name: 'half', config: {}, at: (step) => 1 / 2 ** step });
 * half.at(0); // 1
 * half.at(2); // 0.25
 */
export function schedule({ name, config, at }: ScheduleDefinition): Schedule {
  return Object.freeze({
    kind: 'schedule',
    name,
    config,
    at,
    toJSON() {
      return pluginJson(this);
    },
  } satisfies Schedule);
}

export function isSchedule(value: unknown): value is Schedule {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'schedule' && 'at' in value;
}

/** A schedule that is set from outside while training runs. Made by {@link controlled}. */
export interface Controlled extends Schedule {
  /** What every step uses from now on. */
  value: number;
}

/**
 * A number that is changed while training runs: by hand, or by a hook such as `reduceOnPlateau`. An optimizer saves the value as it
 * stands with its state and loads it again, so that a resumed run goes on with it.
 *
 * @example
 * const rate = controlled(0.1);
 * rate.at(7); // 0.1
 * rate.value = 0.01;
 * rate.at(8); // 0.01
 *
 * @throws DownhillError `invalid-argument` where a value is not a finite number; the last one stays.
 */
export function controlled(value: number): Controlled {
  let now = value;
  checkNumber('controlled', { value });
  return Object.freeze({
    kind: 'schedule',
    name: 'controlled',
    get config() {
      return [now];
    },
    get value() {
      return now;
    },
    set value(value: number) {
      checkNumber('controlled', { value });
      now = value;
    },
    at: () => now,
    toJSON() {
      return pluginJson(this);
    },
  } satisfies Controlled);
}

const isControlled = (value: object): value is Controlled => isSchedule(value) && value.name === 'controlled' && 'value' in value;

/** The controlled schedules in a plugin's config and in those of the plugins in it, each once, in the order in which they stand there. */
export function controlledIn(plugin: Plugin): readonly Controlled[] {
  const found = new Set<Controlled>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if (isControlled(value)) found.add(value);
    else if ('kind' in value && 'config' in value) visit(value.config);
    else Object.values(value).forEach(visit);
  };
  visit(plugin);
  return [...found];
}

/**
 * Checks arguments that may be numbers or schedules.
 *
 * @param rule What a plain number must satisfy.
 * @throws DownhillError `invalid-argument` for anything else, and for a number that is not finite or breaks the rule.
 */
export function checkSchedule(source: string, values: Readonly<Record<string, unknown>>, rule: NumberRule = {}): void {
  for (const [name, value] of Object.entries(values)) {
    if (isSchedule(value)) continue;
    if (typeof value === 'number') checkNumber(source, { [name]: value }, rule);
    else
      throw new DownhillError({
        code: 'invalid-argument',
        source,
        problem: `\`${name}\` must be a number or a schedule, got ${show(value)}`,
        advice: `Pass 0.001, or a schedule such as cosine({ from: 0.001, steps: 1000 }).`,
      });
  }
}

/**
 * The value of a number or schedule at a step.
 *
 * @throws DownhillError `non-finite` where a schedule gives NaN or infinity: no such number reaches a weight.
 */
export function valueAt(value: ScheduleLike, step: number): number {
  if (typeof value === 'number') return value;
  const result = value.at(step);
  if (Number.isFinite(result)) return result;
  throw new DownhillError({
    code: 'non-finite',
    source: value.name,
    problem: `the schedule gives ${result} at step ${step}`,
    advice: 'A schedule must be finite at every step.',
  });
}
