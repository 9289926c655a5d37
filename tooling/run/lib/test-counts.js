import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { workspace } from './workspace.js';

/** `browser.json` is of `npm run test:browser`. */
const names = ['tests.json', 'browser.json'];

const reports = () => [...workspace().values()].flatMap(({ folder }) => names.map((name) => join(folder, 'reports', name)));

/** Forgets the reports of an earlier run; turbo brings back those of tests that need not run again. */
export function clearReports() {
  for (const report of reports()) rmSync(report, { force: true });
}

/** How many tests passed, failed and were skipped in all packages; a test file that could not even start counts as a failure. */
export function testCounts() {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const report of reports().filter((file) => existsSync(file))) {
    const { numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults } = JSON.parse(readFileSync(report, 'utf8'));
    const broken = testResults.filter(
      (/** @type {{ status: string, assertionResults: unknown[] }} */ file) =>
        file.status === 'failed' && file.assertionResults.length === 0,
    );
    counts.passed += numPassedTests;
    counts.failed += numFailedTests + broken.length;
    counts.skipped += numPendingTests + numTodoTests;
  }
  return counts;
}
