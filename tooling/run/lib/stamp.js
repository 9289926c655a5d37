import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { notes } from './root.js';

/** Whether the note of that name holds this value. @param {string} name @param {string} value */
export function stamped(name, value) {
  try {
    return readFileSync(join(notes, name), 'utf8') === value;
  } catch {
    return false;
  }
}

/** @param {string} name @param {string} value */
export function stamp(name, value) {
  mkdirSync(notes, { recursive: true });
  writeFileSync(join(notes, name), value);
}
