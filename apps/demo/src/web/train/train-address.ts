import { AUGMENTATIONS } from '../../recipe/augmentations.ts';
import { BACKENDS, DEFAULTS } from '../../recipe/config.ts';
import type { Read } from '../shell/use-address-state.ts';
import type { TrainConfig } from './train-protocol.ts';

/** A tenth of MNIST: over 95 % of the test images within some seconds. */
export const TRAIN_DEFAULTS: TrainConfig = { ...DEFAULTS, limit: 6000, backend: 'best' };

type Key = keyof TrainConfig;
const KEYS = (Object.keys(TRAIN_DEFAULTS) as Key[]).filter((key) => key !== 'tune'); // the search is of the command line
const WORDS: Partial<Record<Key, readonly string[]>> = { augment: AUGMENTATIONS, backend: ['best', ...BACKENDS] };

/** What differs from the usual settings, as parts of an address. */
export function writeConfig(config: TrainConfig): URLSearchParams {
  const changed = KEYS.filter((key) => config[key] !== TRAIN_DEFAULTS[key]);
  return new URLSearchParams(changed.map((key) => [key, String(config[key])]));
}

/** Reads what {@link writeConfig} wrote, or what somebody typed; the worker checks the numbers' ranges and the rules' names. */
export function readConfig(query: URLSearchParams): Read<TrainConfig> {
  const problems: string[] = [];
  const given: Partial<Record<Key, string | number>> = {};
  for (const [key, text] of query) {
    const known = KEYS.find((name) => name === key);
    if (known === undefined) problems.push(`There is no setting '${key}': there are ${KEYS.join(', ')}.`);
    else if (typeof TRAIN_DEFAULTS[known] === 'number') {
      if (text.trim() !== '' && Number.isFinite(Number(text))) given[known] = Number(text);
      else problems.push(`'${text}' is no number for ${known}.`);
    } else if (WORDS[known]?.includes(text) ?? true) given[known] = text;
    else problems.push(`'${text}' is none of ${WORDS[known]?.join(', ')}, which ${known} takes.`);
  }
  return { state: { ...TRAIN_DEFAULTS, ...given } as TrainConfig, problems };
}
