// The closing line of a CI run.
import { testCounts } from './lib/test-counts.js';

const { passed, failed } = testCounts();
console.log(`${passed} passed, ${failed} failed`);
