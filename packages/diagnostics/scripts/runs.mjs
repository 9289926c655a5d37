// Labelled runs in the form of the reference file, and which of them are set aside.
import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** @param {string} file JSON, or gzipped JSON */
export function readRuns(file) {
  const bytes = readFileSync(file);
  return JSON.parse(String(file.endsWith('.gz') ? gunzipSync(bytes) : bytes)).runs;
}

/** Every third run of a label, in the file's order, is set aside: no threshold and no weight has seen it. */
export function splitRuns(runs) {
  const seen = new Map();
  const parts = { training: [], setAside: [] };
  for (const run of runs) {
    const place = seen.get(run.label) ?? 0;
    seen.set(run.label, place + 1);
    parts[place % 3 === 2 ? 'setAside' : 'training'].push(run);
  }
  return parts;
}
