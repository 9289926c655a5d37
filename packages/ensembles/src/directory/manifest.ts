import { DownhillError, type Json } from '@downhill/core';
import type { CheckpointStore } from '@downhill/training';

/** What is known of a member beside its weights. */
export interface MemberFacts {
  /** The seed that it was trained with. */
  readonly seed?: number;
  /** The columns of the inputs' last axis that it sees. */
  readonly features?: readonly number[];
  /** Optimizer steps and epochs that were finished when its weights were taken. */
  readonly step?: number;
  readonly epoch?: number;
  /** What its maker wants to keep of it: accuracies, settings. */
  readonly info?: Json;
}

/** A member of an ensemble at rest. */
export interface MemberEntry extends MemberFacts {
  readonly name: string;
  /** Its file in the same store: weights in the safetensors format. */
  readonly file: string;
  /** The SHA-256 of that file, as 64 hexadecimal digits. */
  readonly sha256: string;
  readonly bytes: number;
}

/** What an ensemble was made of and how: the content of `ensemble.json`. */
export interface EnsembleManifest {
  readonly format: 'downhill-ensemble';
  readonly version: 1;
  /** How its members came about: `'deep'`, `'bagging'`, `'snapshots'` and so on. */
  readonly kind: string;
  /** What made them, as JSON: of {@link trainEnsemble} the plan and the settings. */
  readonly made?: Json;
  /** The names of the classes in the order of the outputs. */
  readonly classes?: readonly string[];
  /** The combiner as JSON. */
  readonly combiner?: Json;
  readonly members: readonly MemberEntry[];
}

/** The manifest's name in its store. */
export const MANIFEST = 'ensemble.json';
const FORMAT = 'downhill-ensemble';
const VERSION = 1;

/** What {@link manifestOf} adds to. */
export type ManifestParts = Omit<EnsembleManifest, 'format' | 'version'>;

export const manifestOf = (parts: ManifestParts): EnsembleManifest => ({ format: FORMAT, version: VERSION, ...parts });

/** Writes the manifest, after the files that it names. */
export async function writeManifest(store: CheckpointStore, manifest: EnsembleManifest): Promise<void> {
  await store.write(MANIFEST, new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 2)}\n`));
}

/**
 * Reads the manifest of an ensemble; `undefined` where the store has none.
 *
 * @example
 * await readEnsemble(memoryStore()); // undefined
 *
 * @throws DownhillError `checkpoint-invalid` where it is cut short, altered beyond reading, or of another format.
 */
export async function readEnsemble(store: CheckpointStore): Promise<EnsembleManifest | undefined> {
  if (!(await store.list()).includes(MANIFEST)) return undefined;
  const manifest = parsed(await store.read(MANIFEST));
  const { format, version, kind, members } = manifest;
  if (format !== FORMAT || version !== VERSION)
    throw invalid(`it is no ${FORMAT} of version ${VERSION} (format ${format}, version ${version})`);
  if (typeof kind !== 'string' || !Array.isArray(members) || !members.every(isEntry))
    throw invalid('its `members` must have a name, a file of the same folder, a sha256 and a number of bytes each');
  return manifest as EnsembleManifest;
}

function parsed(bytes: Uint8Array): Partial<Record<keyof EnsembleManifest, unknown>> {
  try {
    const value: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    if (typeof value === 'object' && value !== null) return value;
  } catch (cause) {
    throw invalid('it is no JSON', cause);
  }
  throw invalid('it is no JSON object');
}

function isEntry(entry: unknown): entry is MemberEntry {
  const { name, file, sha256, bytes } = (entry ?? {}) as Partial<MemberEntry>;
  return isName(name) && isName(file) && /^[0-9a-f]{64}$/.test(String(sha256)) && Number.isSafeInteger(bytes);
}

/** Whether a text may name a member and begin the name of its file: no path, nothing hidden. */
export const isName = (name: unknown): name is string => typeof name === 'string' && /^[A-Za-z0-9][\w.-]*$/.test(name);

function invalid(problem: string, cause?: unknown): DownhillError {
  return new DownhillError({
    code: 'checkpoint-invalid',
    source: MANIFEST,
    problem,
    advice: 'Restore it, or write it anew with saveEnsemble or trainEnsemble.',
    ...(cause === undefined ? {} : { cause }),
  });
}
