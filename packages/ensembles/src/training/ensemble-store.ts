import type { Json } from '@downhill/core';
import type { CheckpointStore } from '@downhill/training';
import { manifestOf, readEnsemble, writeManifest, type EnsembleManifest, type MemberEntry } from '../directory/manifest.ts';
import { wholeMembers, writeMember, type WholeMember } from '../directory/member-file.ts';
import { checkpointsOf, type TrainedWeights } from './member-task.ts';
import { checkSameMaking } from './same-making.ts';
import { memberNames, type EnsemblePlan, type MemberPlan } from './plan.ts';

/** What the manifest says beside the members. */
export interface EnsembleTitle {
  readonly kind: string;
  readonly made: Json;
  readonly classes?: readonly string[];
  readonly combiner?: Json;
}

/** The finished members of a plan in a store: its memory, also of other processes' work. */
export interface EnsembleStore {
  /** @throws DownhillError `state-mismatch` where the store holds another ensemble, before anything is trained. */
  check(): Promise<void>;
  /** Looks which members are finished; files that are damaged count as none. */
  look(): Promise<ReadonlyMap<string, MemberEntry>>;
  /** Writes a finished member and the manifest. */
  keep(member: MemberPlan, trained: TrainedWeights): Promise<MemberEntry>;
  /** Writes the manifest of all that is finished; `undefined` where nothing is. */
  finish(): Promise<EnsembleManifest | undefined>;
}

export function ensembleStore(
  store: CheckpointStore,
  plan: EnsemblePlan,
  title: EnsembleTitle,
  onRefused: (file: string) => void,
): EnsembleStore {
  const known = new Map<string, WholeMember>();
  const refused = new Set<string>();
  const names = memberNames(plan);
  let writing: Promise<unknown> = Promise.resolve();

  const look = async (): Promise<Map<string, MemberEntry>> => {
    const found = await wholeMembers(store, known, (file) => {
      if (!refused.has(file)) onRefused(file);
      refused.add(file);
    });
    const finished = new Map<string, MemberEntry>();
    for (const name of names) {
      const member = found.get(name);
      if (member === undefined) continue;
      checkSameMaking(`member '${name}'`, member.made, title.made);
      finished.set(name, member.entry);
    }
    return finished;
  };

  /** Another process may finish members of the same plan meanwhile: whoever writes last must have seen them all. */
  const writeAll = async (): Promise<EnsembleManifest | undefined> => {
    for (let seen = await look(); seen.size > 0;) {
      const { kind, made, classes, combiner } = title;
      const manifest = manifestOf({
        kind,
        made,
        ...(classes === undefined ? {} : { classes }),
        ...(combiner === undefined ? {} : { combiner }),
        members: [...seen.values()],
      });
      await writeManifest(store, manifest); // files of members beyond a smaller plan stay
      const now = await look();
      if (now.size === seen.size) return manifest;
      seen = now;
    }
    return undefined;
  };

  const finish = (): Promise<EnsembleManifest | undefined> => {
    const written = writing.then(writeAll);
    writing = written.catch(() => {}); // that is the business of whoever asked for it
    return written;
  };

  return {
    look,
    finish,
    async check() {
      const before = await readEnsemble(store).catch(() => undefined); // what cannot be read is written anew
      if (before !== undefined) checkSameMaking('manifest', before.made ?? before.kind, title.made);
      for (const [name, { seed = null }] of await look())
        checkSameMaking(`member '${name}'`, { seed }, { seed: plan.member(names.indexOf(name)).seed });
    },
    async keep({ name, seed, features }, { weights, info }) {
      const facts = { seed, ...(features === undefined ? {} : { features }), ...(info === undefined ? {} : { info }) };
      const entry = await writeMember(store, { name, weights, facts, made: title.made });
      const manifest = await finish();
      if (manifest?.members.length === plan.size) await removeCheckpoints(store, plan);
      return entry;
    },
  };
}

async function removeCheckpoints(store: CheckpointStore, plan: EnsemblePlan): Promise<void> {
  for (const name of memberNames(plan)) {
    const checkpoints = checkpointsOf(store, name);
    for (const checkpoint of await checkpoints.list()) await checkpoints.remove(checkpoint);
  }
}
