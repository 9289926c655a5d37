import { vitestPreset } from '@downhill/config/vitest';
export default vitestPreset({ include: ['test/quick/**/*.test.ts'], fileParallelism: false, hookTimeout: 60_000 });
