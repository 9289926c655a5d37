import {
  DownhillError,
  greater,
  lerp,
  select,
  valueAt,
  zeros,
  type Expression,
  type RuleDefinition,
  type ScheduleLike,
  type Transform,
  type TransformPart,
} from '@downhill/core';

interface PullBack {
  readonly syncPeriod: number;
  readonly slowStepSize: ScheduleLike;
  readonly pullbackMomentum: 'reset' | 'pullback';
}

/** The name of a velocity among a rule's slots, and of what it is pulled back to. */
const [FAST, SLOW] = ['velocity', 'slowVelocity'];

/** The rules of a transform as they are, but for their velocity at each synchronisation: section 3.2 of the paper of `lookahead`. */
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
  typeof slots === 'object' && FAST in slots && update !== undefined;

function pulledBack(rule: RuleDefinition, { syncPeriod, slowStepSize, pullbackMomentum }: PullBack): RuleDefinition {
  const averages = pullbackMomentum === 'pullback';
  const { update } = rule;
  return {
    ...rule,
    slots: { ...rule.slots, ...(averages ? { [SLOW]: zeros } : {}) },
    scalars: (info, numbers) => ({
      ...rule.scalars?.(info, numbers),
      syncs: info.t % syncPeriod === 0 ? 1 : 0,
      slowStepSize: valueAt(slowStepSize, Math.floor(info.step / syncPeriod)),
    }),
    update(g, context) {
      const made = update?.(g, context) ?? g;
      const output = 'update' in made ? made : { update: made };
      const atSync = (there: Expression | number, elsewhere: Expression): Expression =>
        select(greater(context.scalars['syncs'] ?? 0, 0), there, elsewhere);
      const fast = output.slots?.[FAST] ?? g;
      if (!averages) return { ...output, slots: { ...output.slots, [FAST]: atSync(0, fast) } };
      const before = context.slots[SLOW] ?? g;
      const slow = lerp(before, fast, context.scalars['slowStepSize'] ?? 0);
      return { ...output, slots: { ...output.slots, [FAST]: atSync(slow, fast), [SLOW]: atSync(slow, before) } };
    },
  };
}
