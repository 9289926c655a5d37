import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { withoutTypes } from '@downhill/config/without-types';
import '@tensorflow/tfjs-backend-cpu';
import * as tfjsCore from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { expect, test, vi } from 'vitest';
import { KIND_NAMES } from './kinds.ts';

// The program in each template's README runs as it stands, and prints what its comments promise.
test.each(KIND_NAMES)('the program in the README of a new %s runs', async (kind) => {
  const folder = join(import.meta.dirname, '../templates', kind);
  const code = /```ts\n([^`]*)```/.exec(readFileSync(join(folder, 'README.md'), 'utf8'))?.[1] ?? '';
  const javaScript = withoutTypes(code);
  const scope: Record<string, unknown> = { tf: { ...tfjsCore, ...layers } };
  const own = `@downhill/my-${kind}`;
  for (const [, names = '', from = ''] of javaScript.matchAll(/^import \{ ([^}]*) \} from '([^']+)';$/gm)) {
    const module = (await import(/* @vite-ignore */ from === own ? join(folder, 'src/index.ts') : from)) as Record<string, unknown>;
    for (const name of names.split(', ')) scope[name] = module[name];
  }
  const printed: string[] = [];
  const log = vi.spyOn(console, 'log').mockImplementation((...values: unknown[]) => void printed.push(values.map(String).join(' ')));
  const body = javaScript.replaceAll(/^import .*\n/gm, '');
  await new Function(...Object.keys(scope), `return (async () => {\n${body}\n})()`)(...Object.values(scope));
  log.mockRestore();
  const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(([, text]) => text);
  expect(promised.length).toBeGreaterThan(0);
  expect(printed).toEqual(promised);
});

test('the code of the walk in CONTRIBUTING.md is that of the rule that is tested along it', () => {
  const read = (path: string): string => readFileSync(join(import.meta.dirname, path), 'utf8');
  const tiger = new Set(
    read('../test/tiger/tiger.ts')
      .split('\n')
      .map((line) => line.trim()),
  );
  const shown = [...read('../../../CONTRIBUTING.md').matchAll(/^```ts\n(.*?)^```/gms)].flatMap(([, code = '']) =>
    code.trimEnd().split('\n'),
  );
  expect(shown.length).toBeGreaterThan(10);
  expect(shown.filter((line) => !tiger.has(line.trim()))).toEqual([]);
});
