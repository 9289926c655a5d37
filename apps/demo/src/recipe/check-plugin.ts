import { DownhillError, isDownhillError, nearest, plainMessage, registeredNames, show, type Json } from '@downhill/core';

/** A factory's options as JSON; plugins may stand in them. */
export type PluginOptions = Readonly<Record<string, Json>>;

/** A plugin that a config names, with the labels by which the reader knows what it says. */
export interface NamedPlugin {
  readonly label: string;
  readonly name: string;
  readonly optionsLabel: string;
  readonly options: unknown;
  /** Options that have a place of their own, with its label. */
  readonly elsewhere?: Readonly<Record<string, string>>;
  /** The names that could be meant. */
  readonly names: () => readonly string[];
  /** @returns `undefined` where the name makes something else. @throws DownhillError what its factory refuses */
  readonly make: () => unknown;
}

/**
 * Checks that a plugin can be made.
 *
 * @throws DownhillError `unknown-name` with the nearest name that is known, `invalid-argument` for options that its factory refuses.
 */
export function checkPlugin(source: string, { label, name, optionsLabel, options, elsewhere = {}, names, make }: NamedPlugin): void {
  checkOptions(source, optionsLabel, options, elsewhere);
  let refusal = '';
  if (registeredNames().includes(name)) {
    try {
      if (make() !== undefined) return;
    } catch (error) {
      if (!isDownhillError(error)) throw error;
      refusal = plainMessage(error);
      if (options !== undefined)
        throw new DownhillError({
          code: 'invalid-argument',
          source,
          problem: `\`${optionsLabel}\` is not what '${name}' takes`,
          advice: refusal,
          cause: error,
        });
    }
  }
  const known = names();
  const near = nearest(name, known);
  throw new DownhillError({
    code: 'unknown-name',
    source,
    problem: `\`${label}\` must be one of ${known.join(', ')}, got '${name}'${near === undefined ? '' : `; did you mean '${near}'?`}`,
    ...(refusal === '' ? {} : { advice: `(${refusal})` }),
  });
}

function checkOptions(source: string, label: string, options: unknown, elsewhere: Readonly<Record<string, string>>): void {
  const wrong = (problem: string): never => {
    throw new DownhillError({ code: 'invalid-argument', source, problem });
  };
  if (options === undefined) return;
  if (typeof options !== 'object' || options === null || Array.isArray(options))
    return wrong(`\`${label}\` must be an object such as {"beta1":0.95}, got ${show(options)}`);
  for (const [option, place] of Object.entries(elsewhere))
    if (option in options) wrong(`\`${label}\` cannot have \`${option}\`: it is given by \`${place}\``);
}

/** A factory called on trial: most refuse arguments that are not theirs. */
export function trial<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch {
    return undefined;
  }
}
