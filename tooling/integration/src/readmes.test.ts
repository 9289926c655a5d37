import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as core from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import ts from 'typescript';
import { expect, test, vi } from 'vitest';
import { useBackend } from './use-backend.ts';

// The first program of a README runs as it stands, and prints what its comments promise.
test.each(['core', 'tfjs', 'training', 'regularization', 'ensembles', 'diagnostics', 'tuning'])(
  'the program in the README of %s runs',
  async (name) => {
    const readme = readFileSync(join(import.meta.dirname, '../../../packages', name, 'README.md'), 'utf8');
    const code = /```ts\n([^`]*)```/.exec(readme)?.[1] ?? '';
    const printed: unknown[][] = [];
    const log = vi.spyOn(console, 'log').mockImplementation((...values: unknown[]) => void printed.push(values));
    const { outputText } = ts.transpileModule(code.replaceAll(/^import '.*';.*\n/gm, ''), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
    });
    // Imports are resolved by the test runner, from the sources.
    const imports = [...outputText.matchAll(/^import (?:\* as (\w+)|\{ ([^}]*) \}) from '([^']+)';\n/gm)];
    await useBackend('cpu');
    const scope: Record<string, unknown> = {};
    for (const [, whole, names, from = ''] of imports) {
      const found: unknown = from === '@tensorflow/tfjs' ? { ...core, ...layers } : await import(/* @vite-ignore */ from);
      const module = found as Record<string, unknown>;
      if (whole !== undefined) scope[whole] = module;
      for (const item of names?.split(', ') ?? []) scope[item] = module[item];
    }
    const body = imports.reduce((text, [line]) => text.replace(line, ''), outputText);
    await new Function(...Object.keys(scope), `return (async () => {\n${body}\n})()`)(...Object.values(scope));
    log.mockRestore();
    const promised = [...code.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm)].map(([, text]) => text);
    expect(printed.map((values) => values.map(shown).join(' '))).toEqual(
      promised.map((text) => expect.stringMatching(pattern(text ?? ''))),
    );
  },
);

const shown = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** `{ loss: ..., accuracy: 1 }` as a pattern: what is left out may be anything. */
const pattern = (text: string): string =>
  text.startsWith('{')
    ? text
        .replaceAll(/(\w+):/g, '"$1":')
        .replaceAll('...', '.*')
        .replaceAll(/[{}]/g, String.raw`\$&`)
        .replaceAll(' ', '')
    : `^${text}$`;
