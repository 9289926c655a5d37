import { vitestPreset } from '@downhill/config/vitest';

export default vitestPreset({ maxWorkers: 2 }); // tests of lost workers wait for most of their time
