import { vitestPreset } from '@downhill/config/vitest';

export default vitestPreset({ include: ['lib/**/*.test.js'] });
