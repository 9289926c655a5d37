import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { SETTINGS } from './settings.ts';

const main = fileURLToPath(new URL('../../../../apps/demo/dist/main.js', import.meta.url));

const silent = ['meters', 'log', 'tensorboard', 'report', 'doctor'].map((name) => `--no-${name}`);

/** The hash of the main job's weights, run by Node.js or another program that takes its place. @param file The program. */
export async function hashInProgram(file: string): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), 'downhill-bits-'));
  try {
    const settings = Object.entries(SETTINGS).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const { stdout, stderr } = await promisify(execFile)(file, [main, ...settings, ...silent, '--out', join(out, 'run')]);
    const hash = /sha256 of the weights: ([0-9a-f]{64})/.exec(stdout + stderr)?.[1];
    if (hash === undefined) throw new Error(`${file} printed no hash: ${stderr.trim().split('\n').at(-1) ?? ''}`);
    return hash;
  } finally {
    rmSync(out, { recursive: true });
  }
}
