import { DownhillError } from '@downhill/core';
import { encodeSafetensors, invalid, type TensorFile } from './safetensors.ts';

const BLANK = '0'.repeat(64);

/** SHA-256 of bytes, as 64 hexadecimal digits. @throws DownhillError `unsupported` on a page that is neither https nor localhost. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  const { subtle } = crypto as { readonly subtle?: SubtleCrypto };
  if (subtle === undefined)
    throw new DownhillError({
      code: 'unsupported',
      source: 'checkpoint',
      problem: 'this page has no crypto.subtle, which the checksums need',
      advice: 'Serve it over https, or from localhost.',
    });
  const digest = await subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/**
 * Encodes a file and writes, into its own metadata as `sha256`, the hash of all its bytes with that value blanked (64 zeros).
 * The tensors are copied before the first await: what happens to them afterwards does not reach the file.
 */
export async function seal({ tensors, metadata }: TensorFile): Promise<Uint8Array> {
  const bytes = encodeSafetensors({ tensors, metadata: { sha256: BLANK, ...metadata } });
  const at = positionOf(bytes, BLANK);
  bytes.set(new TextEncoder().encode(await sha256(bytes)), at);
  return bytes;
}

/** Checks what {@link seal} wrote. @throws DownhillError `checkpoint-invalid` where a byte differs. */
export async function checkSeal(name: string, bytes: Uint8Array, { sha256: expected }: TensorFile['metadata']): Promise<void> {
  const at = expected === undefined || !/^[0-9a-f]{64}$/.test(expected) ? -1 : positionOf(bytes, expected);
  if (at < 0 || expected === undefined) throw invalid(name, 'it has no SHA-256 in its metadata');
  const blanked = Uint8Array.from(bytes); // a Buffer's own slice would be a view
  blanked.set(new TextEncoder().encode(BLANK), at);
  if ((await sha256(blanked)) !== expected) throw invalid(name, 'its content does not match its SHA-256: it was altered or damaged');
}

/** Where the value of the header's `"sha256"` begins. */
function positionOf(bytes: Uint8Array, value: string): number {
  const key = new TextEncoder().encode(`"sha256":"${value}"`);
  const end = bytes.length - key.length;
  for (let at = 8; at <= end; at++) if (key.every((byte, i) => bytes[at + i] === byte)) return at + key.length - 1 - value.length;
  return -1;
}
