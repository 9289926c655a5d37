import { DownhillError, isDownhillError, type Json } from '@downhill/core';
import type { CheckpointStore } from '@downhill/training';
import { ensembleStore } from './ensemble-store.ts';
import type { TrainedWeights } from './member-task.ts';
import { memberNames, type MemberPlan } from './plan.ts';
import type { EnsembleOptions, TrainedEnsemble } from './ensemble-options.ts';

/** Trains one member somewhere. */
export type RunMember = (
  member: MemberPlan,
  context: { readonly signal: AbortSignal; readonly report: (progress: unknown) => void },
) => Promise<TrainedWeights>;

/** Trains what is not finished, some at a time. */
export async function trainMembers(
  { plan, settings = null, classes, combiner, only, signal = new AbortController().signal, onEvent: emit = () => {} }: EnsembleOptions,
  store: CheckpointStore,
  atATime: number,
  run: RunMember,
): Promise<TrainedEnsemble> {
  const title = {
    kind: plan.name,
    made: plainJson({ plan: { name: plan.name, config: plan.config }, settings }),
    ...(classes === undefined ? {} : { classes }),
    ...(combiner === undefined ? {} : { combiner }),
  };
  const kept = ensembleStore(store, plan, title, (file) => emit({ type: 'refused', file }));
  await kept.check();
  const waiting = [...(only ?? Array.from({ length: plan.size }, (_, index) => index))];
  let failure: DownhillError | undefined;

  const trainOne = async (index: number): Promise<void> => {
    const member = plan.member(index);
    const { name, seed } = member;
    if ((await kept.look()).has(name)) return emit({ type: 'kept', index, name });
    emit({ type: 'start', index, name, seed });
    const report = (progress: unknown): void => emit({ type: 'progress', index, name, progress });
    const trained = await run(member, { signal, report }).catch((cause: unknown) => {
      if (!signal.aborted) throw failed(name, cause);
    });
    if (signal.aborted || trained === undefined) return emit({ type: 'stopped', index, name });
    const { file, sha256 } = await kept.keep(member, trained);
    emit({ type: 'finished', index, name, file, sha256 });
  };
  const work = async (): Promise<void> => {
    for (let index = waiting.shift(); index !== undefined && !signal.aborted && failure === undefined; index = waiting.shift())
      await trainOne(index).catch((error: unknown) => {
        failure ??= error as DownhillError;
      });
  };
  await Promise.all(Array.from({ length: Math.min(atATime, waiting.length) }, work));
  if (failure !== undefined) throw failure;
  const manifest = await kept.finish();
  const finished = manifest?.members.map(({ name }) => name) ?? [];
  return {
    manifest,
    finished,
    pending: memberNames(plan).filter((name) => !finished.includes(name)),
    stopped: signal.aborted ? 'signal' : 'finished',
  };
}

/** As it comes back from a file. */
const plainJson = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json;

function failed(name: string, cause: unknown): DownhillError {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new DownhillError({
    code: 'member-failed',
    source: 'trainEnsemble',
    problem: `the training of '${name}' failed: ${isDownhillError(cause) ? message.replace(/\.$/, '') : message}`,
    advice: 'Finished members are kept: call it again with the same store to train the others.',
    cause,
  });
}
