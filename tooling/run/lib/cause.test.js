import { expect, test } from 'vitest';
import { cause } from './cause.js';

test.each([
  [
    [
      'core:build: cache miss, executing 1',
      'core:build: src/a.ts(7,7): error TS2322: Type',
      ' ELIFECYCLE  Command failed',
      'Failed:    core#build',
    ],
    'core:build: src/a.ts(7,7): error TS2322: Type',
  ],
  [[' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install', '* 1 dependencies are mismatched', ''], 'ERR_PNPM_OUTDATED_LOCKFILE  Cannot install'],
  [['✓ src/errors.test.ts (3 tests)', ' FAIL  src/a.test.ts > adds', 'AssertionError: expected 1 to be 2'], 'FAIL  src/a.test.ts > adds'],
  [['Found 0 warnings and 2 errors.', 'Finished in 3 ms'], 'Found 0 warnings and 2 errors.'],
  [["  90 |  throw new DownhillError({ code: 'a' })", 'Found 1 warning and 1 error.', 'Finished'], 'Found 1 warning and 1 error.'],
  [['@downhill/core:test: ', '@downhill/core:test:  FAIL  src/a.test.ts > adds'], '@downhill/core:test:  FAIL  src/a.test.ts > adds'],
  [['@downhill/packaging:check:packed: Error: no example', 'ERROR run failed'], '@downhill/packaging:check:packed: Error: no example'],
  [['Unused files (2)', 'a.ts', 'Configuration hints (1)', 'failed.ts  Remove'], 'Unused files (2)'],
  [['\u001B[31mkilled\u001B[0m'], 'killed'],
])('finds the cause in %j', (lines, expected) => expect(cause(lines)).toBe(expected));

test('has nothing to say about nothing', () => expect(cause([])).toBeUndefined());
