import { checkOneOf, DownhillError, isDownhillError } from '@downhill/core';
import { restoreWeights, type CheckpointStore, type TrainableModel } from '@downhill/training';
import { onFeatures } from '../members/on-features.ts';
import { memberOf, type Member, type MemberOptions } from '../members/member.ts';
import { disposeModel, openModel } from '../members/model-member.ts';
import { MANIFEST, readEnsemble, type EnsembleManifest, type MemberEntry } from './manifest.ts';
import { checkedBytes, readWeights } from './member-file.ts';

/** Options of {@link openEnsemble}. */
export interface OpenEnsembleOptions {
  /** Makes a model of the member's structure, each time anew; its weights are then those of the file, and it is disposed of after use. */
  readonly build: (entry: MemberEntry) => TrainableModel | Promise<TrainableModel>;
  /** What a member does whose file is missing or altered: end in an error that names it, or be left out. @defaultValue 'error' */
  readonly missing?: 'error' | 'skip';
  /** What makes probabilities of the models' logits, for models that were trained on these. @defaultValue none: the outputs are as they are */
  readonly activation?: MemberOptions['activation'];
}

/** An ensemble at rest, ready to predict. */
export interface StoredEnsemble {
  readonly manifest: EnsembleManifest;
  /** Members that are whole, in the manifest's order. They are loaded one at a time. */
  readonly members: readonly Member[];
  /** Those that are not, and why; empty unless `missing` is `'skip'`. */
  readonly leftOut: readonly { readonly name: string; readonly problem: string }[];
}

/**
 * An ensemble from its store: reads the manifest and checks every member's file against its hash; weights are read again, and checked
 * again, when a member is opened. Members that see some of the features only are handed all of them.
 *
 * @example
 * const store = memoryStore();
 * const makeModel = () => ({ variables: [], predict: (xs) => xs });
 * await saveEnsemble(store, { members: [{ name: 'a', model: makeModel() }] });
 * (await openEnsemble(store, { build: makeModel, missing: 'skip' })).leftOut; // []
 *
 * @throws DownhillError `checkpoint-invalid` where there is no manifest, where it cannot be read, or where members are missing or altered:
 * it names each of them; `state-mismatch`, when a member is opened, where `build` makes another structure.
 */
export async function openEnsemble(store: CheckpointStore, options: OpenEnsembleOptions): Promise<StoredEnsemble> {
  const { build, missing = 'error', activation } = options;
  checkOneOf('openEnsemble', 'missing', missing, ['error', 'skip']);
  if (typeof build !== 'function')
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'openEnsemble',
      problem: '`build` must be a function that makes a model for a member',
      advice: 'Pass build: () => makeModel().',
    });
  const manifest = await readEnsemble(store);
  if (manifest === undefined) throw unusable(`the store has no ${MANIFEST}`, 'saveEnsemble and trainEnsemble write one.');
  const leftOut: { name: string; problem: string }[] = [];
  for (const entry of manifest.members) {
    try {
      await checkedBytes(store, entry);
    } catch (error) {
      if (!isDownhillError(error)) throw error;
      leftOut.push({ name: entry.name, problem: error.message });
    }
  }
  const whole = manifest.members.filter(({ name }) => !leftOut.some((left) => left.name === name));
  if (whole.length === 0 || (missing === 'error' && leftOut.length > 0))
    throw unusable(
      `${leftOut.length} of ${manifest.members.length} members cannot be used: ${leftOut.map(({ name, problem }) => `'${name}' (${problem})`).join(', ')}`,
      whole.length === 0
        ? 'Restore their files, or train them again.'
        : "Restore their files, train them again, or pass missing: 'skip' to predict with the others.",
    );
  const { classes } = manifest;
  const shared = { ...(classes === undefined ? {} : { classes }), ...(activation === undefined ? {} : { activation }) };
  return { manifest, leftOut, members: whole.map((entry) => storedMember(store, entry, build, shared)) };
}

function storedMember(store: CheckpointStore, entry: MemberEntry, build: OpenEnsembleOptions['build'], shared: MemberOptions): Member {
  const member = memberOf(
    'openEnsemble',
    async () => {
      const weights = await readWeights(store, entry);
      const model = await build(entry);
      try {
        restoreWeights(model, weights, entry.file);
      } catch (error) {
        disposeModel(model);
        throw error;
      }
      return openModel(model, () => disposeModel(model));
    },
    { ...shared, name: entry.name },
    entry.name,
  );
  return entry.features === undefined ? member : onFeatures(member, entry.features);
}

function unusable(problem: string, advice: string): DownhillError {
  return new DownhillError({ code: 'checkpoint-invalid', source: 'openEnsemble', problem, advice });
}
