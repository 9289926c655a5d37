import { vitestPreset } from '@downhill/config/vitest';

export default vitestPreset({ include: ['src/**/*.test.ts', 'templates/*/src/**/*.test.ts', 'test/**/*.test.ts'] });
