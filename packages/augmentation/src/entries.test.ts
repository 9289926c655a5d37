import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

/** The packages that a file needs when it runs, by way of all files that it imports. */
function packagesOf(file: string, seen = new Set<string>()): readonly string[] {
  if (seen.has(file)) return [];
  seen.add(file);
  const imports = [...readFileSync(file, 'utf8').matchAll(/^(?:import|export) (?!type )[^;]*? from '([^']+)';/gm)];
  return imports.flatMap(([, from = '']) => (from.startsWith('.') ? packagesOf(join(dirname(file), from), seen) : [from]));
}

const needed = (entry: string): Set<string> => new Set(packagesOf(join(import.meta.dirname, entry)));

test('who imports the main entry downloads no tfjs-layers', () => {
  expect(needed('index.ts')).toEqual(new Set(['@downhill/core', '@downhill/core/math', '@tensorflow/tfjs-core']));
  expect(needed('keras-layers.ts')).toContain('@tensorflow/tfjs-layers');
});
