import {
  chain,
  checkMask,
  checkTransforms,
  DownhillError,
  masked,
  named,
  nearest,
  show,
  transform,
  type Mask,
  type ParameterGroup,
  type ParameterInfo,
  type Transform,
} from '@downhill/core';

/** The label that takes what no other does. */
const REST = 'rest';

/** A group for each label, or a function that gives a weight its label. A function cannot be saved with an optimizer. */
export type Labels = Readonly<Record<string, ParameterGroup>> | ((parameter: ParameterInfo) => string);

/**
 * Several transforms, each for the weights of its label.
 *
 *     partition({ matrices: muon(), rest: adamw() }, { matrices: { minRank: 2 } })
 *
 * optax's `partition` (`multi_transform` before), PyTorch's parameter groups. A weight that two groups take belongs to the first. What no
 * group takes goes to the transform called `rest`; without one it is an error. `freeze()` and `chain()` (the gradient as it is) are
 * transforms too.
 *
 * @param transforms By label.
 * @param labels A group for each label but `rest`, or a function of name and shape.
 *
 * @example
 * const rule = partition({ head: sgd(), rest: freeze() }, { head: { names: ['head/*'] } });
 * rule.name; // 'partition'
 *
 * @throws DownhillError `invalid-argument` where a transform or a group is none, `unknown-name` for a label without a transform or the other
 *   way round, and at the first step for a weight that fits no label.
 */
export function partition(transforms: Readonly<Record<string, Transform>>, labels: Labels): Transform {
  if (typeof transforms !== 'object' || transforms === null || Array.isArray(transforms) || Object.keys(transforms).length === 0)
    throw wrong('invalid-argument', `takes transforms by label, got ${show(transforms)}`, 'Write { head: sgd(), rest: freeze() }.');
  checkTransforms('partition', Object.values(transforms));
  const places = typeof labels === 'function' ? byFunction(transforms, labels) : byGroups(transforms, labels);
  const parts = Object.entries(transforms).map(([label, inner]) => masked(inner, places.of(label)));
  const guard = Object.hasOwn(transforms, REST) ? [] : [masked(lost(transforms), places.none)];
  return named('partition', [transforms, labels], chain(...guard, ...parts));
}

/** The masks of a partition. */
interface Places {
  of(label: string): Mask;
  /** What fits no label. */
  readonly none: Mask;
}

function byGroups(transforms: Readonly<Record<string, Transform>>, groups: Readonly<Record<string, ParameterGroup>>): Places {
  if (typeof groups !== 'object' || groups === null || Array.isArray(groups))
    throw wrong(
      'invalid-argument',
      `takes a group for each label, or a function, got ${show(groups)}`,
      "Write { head: { names: ['head/*'] } }.",
    );
  const order = Object.keys(groups);
  for (const label of order) {
    checkMask('partition', groups[label]);
    if (!Object.hasOwn(transforms, label)) throw unknown(`the group '${label}' has no transform`, label, transforms);
  }
  const extra = Object.keys(transforms).find((label) => label !== REST && !order.includes(label));
  if (extra !== undefined) throw unknown(`the transform '${extra}' has no group`, extra, groups);
  const before = (end: number): readonly ParameterGroup[] => order.slice(0, end).flatMap((label) => groups[label] ?? []);
  const over: ParameterGroup = { noneOf: before(order.length) };
  return {
    of(label) {
      const group = groups[label];
      if (group === undefined) return over;
      const earlier = before(order.indexOf(label));
      return earlier.length === 0 ? group : { ...group, noneOf: [...(group.noneOf ?? []), ...earlier] };
    },
    none: over,
  };
}

function byFunction(transforms: Readonly<Record<string, Transform>>, labelOf: (parameter: ParameterInfo) => string): Places {
  const known = (label: string): boolean => Object.hasOwn(transforms, label);
  return {
    of: (wanted) => (parameter) => {
      const label = labelOf(parameter);
      return label === wanted || (wanted === REST && !known(label));
    },
    none: (parameter) => !known(labelOf(parameter)),
  };
}

/** Refuses the weights that it acts on, when the step is compiled. */
const lost = (transforms: Readonly<Record<string, Transform>>): Transform =>
  transform({
    name: 'partition',
    config: [],
    update(_, { info: { name, shape } }) {
      throw wrong(
        'unknown-name',
        `'${name}' [${shape.join(', ')}] fits no label of ${Object.keys(transforms).join(', ')}`,
        `Widen a group, or add a transform called ${REST}.`,
      );
    },
  });

const wrong = (code: 'invalid-argument' | 'unknown-name', problem: string, advice: string): DownhillError =>
  new DownhillError({ code, source: 'partition', problem, advice });

function unknown(problem: string, label: string, others: Readonly<Record<string, unknown>>): DownhillError {
  const near = nearest(label, Object.keys(others));
  return wrong(
    'unknown-name',
    problem,
    near === undefined ? `There are ${Object.keys(others).join(', ') || 'none'}.` : `Did you mean '${near}'?`,
  );
}
