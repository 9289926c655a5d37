import { pluginJson, type Plugin } from '../plugin.ts';
import type { FrozenTrial } from './frozen-trial.ts';
import type { StudyView } from './study-view.ts';

/** What ends trials that promise little. */
export interface Pruner extends Plugin<'pruner'> {
  /** Whether `trial`, which is in the view and has just reported, should end. A function of its arguments alone. */
  shouldPrune(study: StudyView, trial: FrozenTrial): boolean;
  /** Pruners that let a pruned trial go on later: the number of the one that should, now, before anything new is tried. */
  promote?(study: StudyView): number | undefined;
  /** Set where the answer has nothing to do with which value is better, as that of bounds; its tests do not ask for it. @defaultValue false */
  readonly ignoresDirection?: boolean;
}

/** What a pruner is made of. */
export type PrunerDefinition = Pick<Pruner, 'name' | 'config' | 'shouldPrune' | 'promote' | 'ignoresDirection'>;

/**
 * Makes a pruner.
 *
 * @example
 * const short = pruner({ name: 'short', config: {}, shouldPrune: (study, { reports }) => reports.length > 3 });
 * short.kind; // 'pruner'
 */
export function pruner({ name, config, shouldPrune, promote, ignoresDirection }: PrunerDefinition): Pruner {
  return Object.freeze({
    kind: 'pruner',
    name,
    config,
    shouldPrune,
    ...(promote === undefined ? {} : { promote }),
    ...(ignoresDirection === undefined ? {} : { ignoresDirection }),
    toJSON() {
      return pluginJson(this);
    },
  } satisfies Pruner);
}
