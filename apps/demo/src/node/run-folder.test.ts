import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DEFAULTS } from '../recipe/config.ts';
import { runFolder } from './run-folder.ts';

const fresh = (): string => join(mkdtempSync(join(tmpdir(), 'downhill-run-')), 'a', 'b');

describe('runFolder', () => {
  test('keeps the config', () => {
    const path = fresh();
    expect(runFolder(path)).toMatchObject({ config: undefined, hasCheckpoints: false });
    runFolder(path).begin(DEFAULTS);
    expect(runFolder(path).config).toEqual(DEFAULTS);
  });

  test('forgets the lines of steps that are done again, and a line cut short', () => {
    const path = fresh();
    const folder = runFolder(path);
    folder.begin(DEFAULTS);
    for (const step of [1, 2, 3]) folder.log({ step, loss: 1 });
    const file = join(path, 'metrics.jsonl');
    writeFileSync(file, `${readFileSync(file, 'utf8')}{"step":4,"lo`);
    runFolder(path).forgetAfter(2);
    folder.log({ step: 3 });
    expect(readFileSync(file, 'utf8')).toBe('{"step":1,"loss":1}\n{"step":2,"loss":1}\n{"step":3}\n');
  });

  test('says when the config is damaged', () => {
    const path = fresh();
    runFolder(path).begin(DEFAULTS);
    writeFileSync(join(path, 'config.json'), '{"epo');
    expect(() => runFolder(path)).toThrow(expect.objectContaining({ code: 'data-invalid' }));
  });
});
