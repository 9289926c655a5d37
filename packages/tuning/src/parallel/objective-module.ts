import { existsSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DownhillError, show } from '@downhill/core';
import type { Objective } from '../study/trial.ts';

const wrong = (source: string, problem: string, advice: string): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source, problem, advice });

/**
 * The URL of a module that is given as a URL or a path.
 *
 * @throws DownhillError `invalid-argument` where there is no such file.
 */
export function moduleUrl(source: string, module: URL | string): string {
  if (!(module instanceof URL) && (typeof module !== 'string' || module === ''))
    throw wrong(source, `\`module\` must be the URL or the path of a module, got ${show(module)}`, "Write { module: './objective.js' }.");
  const url = module instanceof URL || /^(file|data):/.test(module) ? String(module) : pathToFileURL(module).href;
  if (url.startsWith('file:') && !existsSync(fileURLToPath(url)))
    throw wrong(source, `there is no module ${fileURLToPath(url)}`, 'A path is taken from the folder in which the process was started.');
  return url;
}

/** What importing a TypeScript module takes on a Node that cannot read it by itself. @throws DownhillError `unsupported` without tsx. */
async function importTypeScript(url: string): Promise<unknown> {
  const tsx = await import('tsx/esm/api').catch((cause: unknown) => {
    throw new DownhillError({
      code: 'unsupported',
      source: 'objective',
      problem: `${url} is TypeScript, which Node ${process.versions.node} cannot read without tsx`,
      advice: 'Install it with npm install tsx, or compile the module.',
      cause,
    });
  });
  return tsx.tsImport(url, import.meta.url);
}

const isUnknownExtension = (error: unknown): boolean => (error as { readonly code?: unknown }).code === 'ERR_UNKNOWN_FILE_EXTENSION';

/** What a module exports, one in TypeScript too. @throws what importing it throws. */
export async function importModule(url: string): Promise<ObjectiveModule> {
  return (await import(url).catch((error: unknown) => {
    if (isUnknownExtension(error)) return importTypeScript(url);
    throw error;
  })) as ObjectiveModule;
}

/** What a module of an objective may export. */
export interface ObjectiveModule {
  readonly objective?: unknown;
  readonly default?: unknown;
  /** Of the command line: what is searched, where no file says so. */
  readonly space?: unknown;
}

/**
 * The objective that a module exports under that name, or as its default.
 *
 * @throws DownhillError `invalid-argument` where it exports none; what importing it throws.
 */
export async function objectiveOf(source: string, url: string): Promise<Objective> {
  return objectiveIn(source, url, await importModule(url));
}

/** The objective among what a module exports. @throws DownhillError `invalid-argument` where it exports none. */
export function objectiveIn(source: string, url: string, { objective, default: byDefault }: ObjectiveModule): Objective {
  const found = objective ?? byDefault;
  if (typeof found === 'function') return found as Objective;
  throw wrong(
    source,
    `${url} must export a function \`objective\`, got ${show(found)}`,
    'Write export const objective = async ({ settings }) => loss;',
  );
}
