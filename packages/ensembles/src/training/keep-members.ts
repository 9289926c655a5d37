import { DownhillError, show, type Json, type TrainingHook } from '@downhill/core';
import { captureWeights, checkModel, type CheckpointStore, type TrainableModel } from '@downhill/training';
import { manifestOf, MANIFEST, readEnsemble, type EnsembleManifest, type MemberEntry } from '../directory/manifest.ts';
import { writeMember } from '../directory/member-file.ts';
import { replaceManifest } from '../directory/save-ensemble.ts';

/** What a hook that makes an ensemble of one run takes. */
export interface KeepMembersOptions {
  /** The model that is trained. */
  readonly model: TrainableModel;
  /** Where the ensemble is kept; it may be the store of the run's checkpoints. */
  readonly store: CheckpointStore;
  /** How many of the last members are kept. */
  readonly last?: number;
  /** The names of the classes in the order of the outputs, for the manifest. */
  readonly classes?: readonly string[];
}

/** Writes the model as it is at some moments of a run as members of an ensemble. */
export interface MemberKeeper extends Required<Pick<TrainingHook, 'onStart' | 'saveState' | 'loadState'>> {
  keep(name: string, at: { readonly step: number; readonly epoch: number }): Promise<void>;
}

/** The members so far belong to the run's checkpoints: a resumed run forgets those that came after its checkpoint, and makes them again. */
export function memberKeeper(source: string, kind: string, { model, store, last = Infinity, classes }: KeepMembersOptions): MemberKeeper {
  checkModel(source, model);
  if (typeof (store as Partial<CheckpointStore> | undefined)?.write !== 'function')
    throw new DownhillError({
      code: 'invalid-argument',
      source,
      problem: `\`store\` must be a store, got ${show(store)}`,
      advice: "Pass memoryStore(), or fileStore('folder') of @downhill/training/node.",
    });
  let entries: readonly MemberEntry[] = [];
  let written: EnsembleManifest | undefined;
  return {
    async onStart({ step }) {
      written = await readEnsemble(store);
      if (step === 0) {
        if (written !== undefined) throw taken(source);
        entries = [];
      }
      const files = await store.list();
      const lost = entries.filter(({ file }) => !files.includes(file));
      if (lost.length > 0 && last === Infinity) throw missing(source, lost);
      entries = entries.filter((entry) => !lost.includes(entry));
    },
    async keep(name, { step, epoch }) {
      const entry = await writeMember(store, { name, weights: await captureWeights(model), facts: { step, epoch }, made: { kind } });
      entries = [...entries.filter((other) => other.name !== name), entry].slice(-last);
      const manifest = manifestOf({ kind, ...(classes === undefined ? {} : { classes }), members: entries });
      await replaceManifest(store, written, manifest);
      written = manifest;
    },
    saveState: () => entries as unknown as Json,
    loadState(state) {
      entries = state as unknown as readonly MemberEntry[];
    },
  };
}

function taken(source: string): DownhillError {
  return new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`store\` holds an ensemble already (${MANIFEST})`,
    advice: 'Resume the run that it is of, or pass an empty store.',
  });
}

function missing(source: string, lost: readonly MemberEntry[]): DownhillError {
  return new DownhillError({
    code: 'checkpoint-invalid',
    source,
    problem: `the store has no longer the members ${lost.map(({ name, file }) => `'${name}' (${file})`).join(', ')}`,
    advice: 'Restore their files, or start the run anew in an empty store.',
  });
}
