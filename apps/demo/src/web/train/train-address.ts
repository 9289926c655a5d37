import { BACKENDS, DEFAULTS } from '../../recipe/defaults.ts';
import { noSuch, numberProblem } from '../shell/query-reader.ts';
import type { Read } from '../shell/use-address-state.ts';
import type { TrainConfig } from './train-protocol.ts';

/** A tenth of MNIST: over 95 % of the test images within some seconds. */
export const TRAIN_DEFAULTS: TrainConfig = { ...DEFAULTS, limit: 6000, backend: 'best' };

export const BACKEND_CHOICES: readonly string[] = ['best', ...BACKENDS];

/** What the page sets; the search, and the options of plugins, are of the command line. */
type Key = Exclude<keyof TrainConfig, 'tune' | `${string}Options` | 'sampler' | 'pruner' | 'layer'>;
const KEYS = (Object.keys(TRAIN_DEFAULTS) as (keyof TrainConfig)[]).filter((key): key is Key => key !== 'tune');

/** What differs from the usual settings, as parts of an address. */
export function writeConfig(config: TrainConfig): URLSearchParams {
  const changed = KEYS.filter((key) => config[key] !== TRAIN_DEFAULTS[key]);
  return new URLSearchParams(changed.map((key) => [key, String(config[key])]));
}

/** Reads what {@link writeConfig} wrote, or what somebody typed; the worker checks the numbers' ranges and the names of what there is. */
export function readConfig(query: URLSearchParams): Read<TrainConfig> {
  const problems: string[] = [];
  const given: Partial<Record<Key, string | number>> = {};
  for (const [key, text] of query) {
    const known = KEYS.find((name) => name === key);
    if (known === undefined) {
      problems.push(noSuch('setting', key, KEYS));
      continue;
    }
    const problem = problemOf(known, text);
    if (problem !== undefined) problems.push(problem);
    else given[known] = isNumber(known) ? Number(text) : text;
  }
  return { state: { ...TRAIN_DEFAULTS, ...given } as TrainConfig, problems };
}

const isNumber = (key: Key): boolean => typeof TRAIN_DEFAULTS[key] === 'number';

function problemOf(key: Key, text: string): string | undefined {
  if (isNumber(key)) return numberProblem(key, text, {});
  return key === 'backend' && !BACKEND_CHOICES.includes(text) ? noSuch('backend', text, BACKEND_CHOICES) : undefined;
}
