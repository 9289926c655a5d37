import { vitestPreset } from '@downhill/config/vitest';

// What npm test runs.
export default vitestPreset({
  include: ['test/quick/**/*.test.ts'],
  globalSetup: 'test/served.ts',
  fileParallelism: false,
  hookTimeout: 60_000, // they start browsers
});
