import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../recipe/defaults.ts';
import { runFolder } from './run-folder.ts';

const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'downhill-run-')), 'a', 'b');

describe('runFolder', () => {
  test('keeps the config', () => {
    const path = fresh();
    expect(runFolder(path)).toMatchObject({ config: undefined, isBegun: false });
    runFolder(path).begin(DEFAULTS);
    expect(runFolder(path).config).toEqual(DEFAULTS);
  });

  test('says when the config is damaged', () => {
    const path = fresh();
    runFolder(path).begin(DEFAULTS);
    writeFileSync(join(path, 'config.json'), '{"epo');
    expect(() => runFolder(path)).toThrow(expect.objectContaining({ code: 'data-invalid' }));
  });
});
