import type { Transform } from '@downhill/core';
import { adam, adamw, sgd } from '@downhill/optimizers';
import { NotCovered, type Config } from '../family.ts';
import { transformNames, translate } from '../mapping.ts';

/** What a rule that wraps another names as `base`; the configs leave the references' defaults out. */
const bases: Readonly<Record<string, { readonly defaults: Config; build(options: object): Transform }>> = {
  sgd: { defaults: { momentum: 0, dampening: 0, weight_decay: 0, nesterov: false }, build: (options) => sgd(options) },
  adam: {
    defaults: { amsgrad: false },
    build({ weightDecay, ...options }: { weightDecay?: number }) {
      if (weightDecay !== 0) throw new NotCovered('a base with an L2 penalty');
      return adam(options);
    },
  },
  adamw: { defaults: { amsgrad: false }, build: (options) => adamw(options) },
};

/** The transform that a file's config names as its base. */
export function baseOf(base: unknown, config: unknown): Transform {
  const found = bases[String(base)];
  if (found === undefined) throw new NotCovered(`no base named '${String(base)}'`);
  return found.build(translate(transformNames[String(base)] ?? {}, { ...found.defaults, ...(config as Config) }));
}
