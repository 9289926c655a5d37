import {
  checkNumber,
  checkOneOf,
  complete,
  DownhillError,
  show,
  type Direction,
  type Parameters,
  type Pruner,
  type Sampler,
  type Space,
} from '@downhill/core';
import { tpe } from '../samplers/tpe.ts';
import { checkPartialSettings } from '../space/check-settings.ts';
import { memoryStorage } from '../storages/memory-storage.ts';
import type { Storage } from '../storages/storage.ts';
import { ask } from './asking/ask.ts';
import { freeLost } from './asking/free-lost.ts';
import { keptStudy } from './kept.ts';
import { ledgerOf } from './ledger.ts';
import { keys } from './replay/keys.ts';
import { liveTrial } from './running/live-trial.ts';
import { optimize } from './running/optimize.ts';
import { studyContext, type StudyContext } from './study-context.ts';
import type { AskOptions, Study } from './study.ts';
import { finish, tell } from './tell.ts';
import { pruned, type Trial } from './trial.ts';

/** Options of {@link openStudy}. */
export interface StudyOptions<Given extends Parameters = Parameters> {
  /** Under which the storage keeps it. @defaultValue 'study' */
  readonly name?: string;
  readonly space: Space<Given>;
  /** @defaultValue tpe() (Optuna's default) */
  readonly sampler?: Sampler;
  /** @defaultValue none: every trial runs to its end */
  readonly pruner?: Pruner;
  /** Whether low or high values are good. @defaultValue as it was kept, or 'minimize' (Optuna's default) */
  readonly direction?: Direction;
  /** What everything random is drawn from. @defaultValue as it was kept, or 0 */
  readonly seed?: number;
  /** @defaultValue memoryStorage() */
  readonly storage?: Storage;
}

/**
 * Opens a study: a new one, or the one of that name that the storage has, which then goes on where it was. Trials whose worker has ended in the
 * middle are run again, from their checkpoints.
 *
 * @example
 * const study = await openStudy({ space: space({ x: float(-3, 3) }), seed: 7 });
 * const { trials } = await study.optimize(({ settings }) => (settings.x - 1) ** 2, { trials: 5 });
 * trials.length; // 5
 *
 * @throws DownhillError `study-mismatch` where the storage has a study of that name with another space, direction or seed: it says what differs.
 */
export async function openStudy<Given extends Parameters>(given: StudyOptions<Given>): Promise<Study<Given>> {
  const { name, space, sampler, pruner, direction, seed, storage } = checkedOptions(given);
  const ledger = ledgerOf(storage);
  const kept = await ledger.exclusive(() => keptStudy(ledger, { name, space, direction, seed }));
  const context = studyContext({ ledger, space, sampler, pruner, ...kept });
  await ledger.exclusive(() => freeLost(context));
  return Object.freeze(studyOf(context)) as unknown as Study<Given>;
}

function studyOf(context: StudyContext): Study {
  const { ledger, stored, space, seed } = context;
  const refreshed = async (): Promise<void> => ledger.exclusive(() => ledger.sync());
  return {
    name: stored.name,
    direction: stored.direction,
    space,
    seed,
    async view() {
      await refreshed();
      return context.view();
    },
    ask: (options = {}) => askFor(context, options),
    tell: ({ number }, outcome) => tell(context, number, outcome),
    async enqueue(settings) {
      checkPartialSettings('enqueue', space, settings);
      await ledger.exclusive(() =>
        ledger.sync({ type: 'trial', study: stored.id, state: 'waiting', systemAttributes: { [keys.enqueued]: settings } }),
      );
    },
    async optimize(objective, options) {
      await optimize(context, objective, options);
      return context.view();
    },
  };
}

/** A trial that the pruner ended just before it was interrupted is told so, and not given out. */
async function askFor(context: StudyContext, given: AskOptions): Promise<Trial | undefined> {
  const { repeats, signal = new AbortController().signal } = complete('ask', given, { repeats: undefined, signal: undefined });
  for (;;) {
    const id = await ask(context, { repeats });
    if (id === undefined) return undefined;
    const trial = liveTrial(context, id, signal);
    if (!trial.isDone) return trial;
    await finish(context, id, pruned);
  }
}

const DEFAULTS = {
  name: 'study',
  space: undefined,
  sampler: undefined,
  pruner: undefined,
  direction: undefined,
  seed: undefined,
  storage: undefined,
} as const;

function checkedOptions(given: StudyOptions) {
  const { name, space, sampler = tpe(), pruner, direction, seed, storage = memoryStorage() } = complete('openStudy', given, DEFAULTS);
  if (typeof name !== 'string' || name === '') throw refusal(`\`name\` must be a text, got ${show(name)}`);
  if (typeof space?.parameters !== 'object')
    throw refusal(`\`space\` must be a space, got ${show(space)}`, 'Write space({ rate: float(0, 1) }).');
  checkKind('sampler', sampler, 'Write sampler: tpe().');
  if (pruner !== undefined) checkKind('pruner', pruner, 'Write pruner: median().');
  if (direction !== undefined) checkOneOf('openStudy', 'direction', direction, ['minimize', 'maximize']);
  if (seed !== undefined) checkNumber('openStudy', { seed }, { integer: true });
  if (typeof storage?.append !== 'function')
    throw refusal(`\`storage\` must be a storage, got ${show(storage)}`, 'Write storage: memoryStorage().');
  return { name, space, sampler, pruner, direction, seed, storage };
}

function checkKind(kind: 'sampler' | 'pruner', plugin: { readonly kind?: unknown } | undefined, advice: string): void {
  if (plugin?.kind !== kind) throw refusal(`\`${kind}\` must be a ${kind}, got ${show(plugin)}`, advice);
}

const refusal = (problem: string, advice?: string): DownhillError =>
  new DownhillError({ code: 'invalid-argument', source: 'openStudy', problem, ...(advice === undefined ? {} : { advice }) });
