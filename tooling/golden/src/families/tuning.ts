import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { ashaFile } from './tuning/asha.ts';
import { distributions } from './tuning/distributions.ts';
import { hyperbandBracketsFile } from './tuning/hyperband-brackets.ts';
import { hyperbandFile } from './tuning/hyperband.ts';
import { medianFile } from './tuning/median.ts';
import { percentileFile } from './tuning/percentile.ts';
import { quasiRandom } from './tuning/quasi-random.ts';
import { tpeParzen } from './tuning/tpe-parzen.ts';
import { successiveHalvingFile } from './tuning/successive-halving.ts';

const plain = {
  'asha-trace': ashaFile,
  distributions,
  'hyperband-brackets': hyperbandBracketsFile,
  'pruner-hyperband': hyperbandFile,
  'pruner-median': medianFile,
  'pruner-percentile': percentileFile,
  'pruner-successive-halving': successiveHalvingFile,
  'quasi-random': quasiRandom,
  'tpe-parzen': tpeParzen,
};

export const tuning: Family = caseFamily('tuning', {}, plain);
