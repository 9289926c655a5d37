import { defaultServerConditions } from 'vite';
import { defineConfig } from 'vitest/config';

/** Vitest's settings for every package: our packages are read from `src`, so that a test needs no build. */
export const vitestPreset = (test = {}) =>
  defineConfig({
    resolve: { conditions: ['@downhill/source', ...defaultServerConditions] },
    ssr: { resolve: { conditions: ['@downhill/source', ...defaultServerConditions] } },
    test: { include: ['src/**/*.test.ts'], typecheck: { enabled: true, include: ['src/**/*.test-d.ts'] }, testTimeout: 60_000, ...test },
  });
