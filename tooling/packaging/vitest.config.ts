import { vitestPreset } from '@downhill/config/vitest';

export default vitestPreset({ include: ['*.test.js'] });
