import { DownhillError, show, type Json } from '@downhill/core';
import { captureWeights, checkModel, type CheckpointStore, type StoredTensor, type TrainableModel } from '@downhill/training';
import { isName, manifestOf, readEnsemble, writeManifest, type EnsembleManifest, type MemberFacts } from './manifest.ts';
import { writeMember } from './member-file.ts';

/** A model, or the weights that `captureWeights` took of one, to be saved. */
export interface SavedMember extends MemberFacts {
  /** Letters, digits, points, dashes and underscores; it begins the file's name. */
  readonly name: string;
  readonly model: TrainableModel | ReadonlyMap<string, StoredTensor>;
}

/** What {@link saveEnsemble} writes. */
export interface SavedEnsemble {
  /** How the members came about. @defaultValue 'collected' */
  readonly kind?: string;
  readonly members: readonly SavedMember[];
  readonly classes?: readonly string[];
  /** The combiner, as JSON. */
  readonly combiner?: Json;
}

/**
 * Writes an ensemble into a store: each member's weights, then `ensemble.json`, which names them with their hashes; then files that an
 * earlier manifest named are removed. After a crash at any moment the store holds all of the old ensemble or all of the new one.
 *
 * @example
 * const store = memoryStore();
 * const { members } = await saveEnsemble(store, { members: [{ name: 'a', model: { variables: [], predict: (xs) => xs } }] });
 * members.map(({ name }) => name); // ['a']
 *
 * @throws DownhillError `invalid-argument` for an empty ensemble, a name that is taken or cannot name a file, or what is no model.
 */
export async function saveEnsemble(store: CheckpointStore, ensemble: SavedEnsemble): Promise<EnsembleManifest> {
  const { kind = 'collected', members, classes, combiner } = ensemble;
  checkSaved(members);
  const before = await readEnsemble(store).catch(() => undefined); // what cannot be read is replaced
  const entries = [];
  for (const { name, model, ...facts } of members) {
    const weights = model instanceof Map ? model : await captureWeights(model as TrainableModel);
    entries.push(await writeMember(store, { name, weights, facts }));
  }
  const manifest = manifestOf({
    kind,
    ...(classes === undefined ? {} : { classes }),
    ...(combiner === undefined ? {} : { combiner }),
    members: entries,
  });
  await replaceManifest(store, before, manifest);
  return manifest;
}

/** Writes a manifest in place of another, then removes the files that only the other one named. */
export async function replaceManifest(
  store: CheckpointStore,
  before: EnsembleManifest | undefined,
  manifest: EnsembleManifest,
): Promise<void> {
  await writeManifest(store, manifest);
  const kept = manifest.members.map(({ file }) => file);
  for (const { file } of before?.members ?? []) if (!kept.includes(file)) await store.remove(file);
}

function checkSaved(members: readonly SavedMember[]): void {
  if (!Array.isArray(members) || members.length === 0) throw wrong(`\`members\` must hold at least one member, got ${show(members)}`);
  const names = members.map(({ name }) => name);
  for (const [i, { name, model }] of members.entries()) {
    if (!isName(name)) throw wrong(`\`name\` must be letters, digits, '.', '_' and '-', got ${show(name)}`);
    if (names.indexOf(name) !== i) throw wrong(`two members are named '${name}'`);
    if (!(model instanceof Map)) checkModel('saveEnsemble', model);
  }
}

function wrong(problem: string): DownhillError {
  return new DownhillError({
    code: 'invalid-argument',
    source: 'saveEnsemble',
    problem,
    advice: "Pass members: [{ name: 'a', model }, { name: 'b', model: other }].",
  });
}
