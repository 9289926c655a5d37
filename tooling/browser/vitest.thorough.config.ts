import { vitestPreset } from '@downhill/config/vitest';

// What npm run test:browser runs.
export default vitestPreset({
  include: ['test/thorough/**/*.test.ts'],
  globalSetup: 'test/served.ts',
  fileParallelism: false, // software stands in for the graphics card: two at once wait for each other
  testTimeout: 300_000,
  hookTimeout: 60_000, // they start browsers
  reporters: ['default', ['json', { outputFile: 'reports/browser.json' }]],
});
