import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

const conditions = ['@downhill/source', ...defaultServerConditions];

/** Vitest's settings for every package: our packages are read from `src`, so that a test needs no build. */
export const vitestPreset = (test = {}) =>
  defineConfig({
    resolve: { conditions },
    ssr: { resolve: { conditions } },
    test: {
      include: ['src/**/*.test.ts'],
      typecheck: { enabled: true, include: ['src/**/*.test-d.ts'] },
      testTimeout: 60_000,
      reporters: ['default', ['json', { outputFile: 'reports/tests.json' }]],
      ...test,
    },
  });
