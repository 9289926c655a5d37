import { DownhillError, type Json } from '@downhill/core';
import { decodeSafetensors, encodeSafetensors, sha256, type CheckpointStore, type StoredTensor } from '@downhill/training';
import type { MemberEntry, MemberFacts } from './manifest.ts';

const FORMAT = 'downhill-member';
const VERSION = '1';
const DIGITS = 12; // of the hash, in a file's name

/** A member before it has a file. */
export interface MemberContent {
  readonly name: string;
  /** As `captureWeights` of `@downhill/training` gives them. */
  readonly weights: ReadonlyMap<string, StoredTensor>;
  readonly facts: MemberFacts;
  /** What made it, as JSON. */
  readonly made?: Json;
}

/**
 * Writes a member's file. Its name holds the beginning of its hash: a member that changes gets another file, and a manifest never names
 * a file that was written over. The same member is the same bytes.
 */
export async function writeMember(store: CheckpointStore, { name, weights, facts, made = null }: MemberContent): Promise<MemberEntry> {
  const metadata = { format: FORMAT, version: VERSION, member: JSON.stringify({ name, ...facts }), made: JSON.stringify(made) };
  const bytes = encodeSafetensors({ tensors: weights, metadata });
  const hash = await sha256(bytes);
  const file = `${name}-${hash.slice(0, DIGITS)}.safetensors`;
  await store.write(file, bytes);
  return { name, ...facts, file, sha256: hash, bytes: bytes.length };
}

/**
 * The weights of a member that stands in a manifest.
 *
 * @throws DownhillError `checkpoint-invalid` where its file is missing or its content is not what the manifest says.
 */
export async function readWeights(store: CheckpointStore, entry: MemberEntry): Promise<ReadonlyMap<string, StoredTensor>> {
  return decodeSafetensors(entry.file, await checkedBytes(store, entry)).tensors;
}

/** The bytes of a member's file. @throws as {@link readWeights}. */
export async function checkedBytes(store: CheckpointStore, { file, sha256: expected }: MemberEntry): Promise<Uint8Array> {
  if (!(await store.list()).includes(file)) throw invalid(file, 'it is missing');
  const bytes = await store.read(file);
  if ((await sha256(bytes)) !== expected) throw invalid(file, 'its content does not match its SHA-256: it was altered or damaged');
  return bytes;
}

/** A member's file that was found whole, and what made it. */
export interface WholeMember {
  readonly entry: MemberEntry;
  readonly made: Json;
}

/**
 * The members of a store that are whole, by name, whether a manifest lists them or not: the file's name says what its hash begins with.
 * Where a name has two files, the first in alphabetical order counts.
 *
 * @param known Files that were found whole before, by file; those found now are added.
 * @param onRefused Hears of each file that is damaged.
 */
export async function wholeMembers(
  store: CheckpointStore,
  known: Map<string, WholeMember>,
  onRefused: (file: string) => void = () => {},
): Promise<Map<string, WholeMember>> {
  const found = new Map<string, WholeMember>();
  for (const file of [...(await store.list())].sort()) {
    const digits = /-([0-9a-f]{12})\.safetensors$/.exec(file)?.[1];
    if (digits === undefined) continue;
    const member = known.get(file) ?? (await wholeMember(store, file, digits));
    if (member === undefined) onRefused(file);
    else {
      known.set(file, member);
      if (!found.has(member.entry.name)) found.set(member.entry.name, member);
    }
  }
  return found;
}

async function wholeMember(store: CheckpointStore, file: string, digits: string): Promise<WholeMember | undefined> {
  const bytes = await store.read(file);
  const hash = await sha256(bytes);
  if (!hash.startsWith(digits)) return undefined;
  const { metadata } = decodeSafetensors(file, bytes);
  if (metadata.format !== FORMAT || metadata.version !== VERSION) return undefined;
  const facts = JSON.parse(metadata.member ?? '{}') as MemberFacts & { readonly name: string }; // the hash has shown that we wrote it
  return { entry: { ...facts, file, sha256: hash, bytes: bytes.length }, made: JSON.parse(metadata.made ?? 'null') as Json };
}

function invalid(file: string, problem: string): DownhillError {
  return new DownhillError({ code: 'checkpoint-invalid', source: file, problem });
}
