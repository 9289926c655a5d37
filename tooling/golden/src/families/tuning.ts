import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { distributions } from './tuning/distributions.ts';
import { quasiRandom } from './tuning/quasi-random.ts';
import { tpeParzen } from './tuning/tpe-parzen.ts';

const plain = {
  distributions,
  'quasi-random': quasiRandom,
  'tpe-parzen': tpeParzen,
};

export const tuning: Family = caseFamily('tuning', {}, plain);
