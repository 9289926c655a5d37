import * as augmentation from '@downhill/augmentation';
import * as optimizers from '@downhill/optimizers';
import * as schedulers from '@downhill/schedulers';
import * as tuning from '@downhill/tuning';

const PACKAGES = {
  '@downhill/optimizers': optimizers,
  '@downhill/schedulers': schedulers,
  '@downhill/augmentation': augmentation,
  '@downhill/tuning': tuning,
};

/** The package of each name that our packages of plugins export. */
export const knownNames = (): ReadonlyMap<string, string> =>
  new Map(Object.entries(PACKAGES).flatMap(([name, exported]) => Object.keys(exported).map((key) => [key, name] as const)));
