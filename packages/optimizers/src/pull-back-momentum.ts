import { DownhillError, mul, valueAt, type RuleDefinition, type ScheduleLike, type Transform, type TransformPart } from '@downhill/core';

interface PullBack {
  readonly syncPeriod: number;
  readonly slowStepSize: ScheduleLike;
  readonly pullbackMomentum: 'reset' | 'pullback';
}

/** The slot of a rule that is pulled back. */
const VELOCITY = 'velocity';

/** The rules of a transform as they are, but for their velocity at each synchronisation: see `lookahead`. */
export function pullBackMomentum(inner: Transform, options: PullBack): Transform {
  const parts = inner.parts.map((part) => (hasVelocity(part) ? { ...part, rule: pulledBack(part.rule, options) } : part));
  if (inner.parts.some(hasVelocity)) return { ...inner, parts };
  throw new DownhillError({
    code: 'invalid-argument',
    source: 'lookahead',
    problem: `\`pullbackMomentum\` takes a transform with a velocity, got ${inner.name}`,
    advice: 'Wrap sgd({ momentum: 0.9 }), or leave the option out.',
  });
}

const hasVelocity = ({ rule: { slots, update } }: TransformPart): boolean =>
  typeof slots === 'object' && VELOCITY in slots && update !== undefined;

function pulledBack(rule: RuleDefinition, { syncPeriod, slowStepSize, pullbackMomentum }: PullBack): RuleDefinition {
  const { update } = rule;
  /** The share of the velocity that stays after step t. */
  const kept = (t: number): number => {
    if (t % syncPeriod !== 0) return 1;
    if (pullbackMomentum === 'reset') return 0;
    const syncs = t / syncPeriod;
    const share = valueAt(slowStepSize, syncs - 1);
    return syncs === 1 ? share : share * (2 - share);
  };
  return {
    ...rule,
    scalars: (info, numbers) => ({ ...rule.scalars?.(info, numbers), velocityKept: kept(info.t) }),
    update(g, context) {
      const made = update?.(g, context) ?? g;
      const output = 'update' in made ? made : { update: made };
      const velocity = mul(output.slots?.[VELOCITY] ?? 0, context.scalars['velocityKept'] ?? 1);
      return { ...output, slots: { ...output.slots, [VELOCITY]: velocity } };
    },
  };
}
