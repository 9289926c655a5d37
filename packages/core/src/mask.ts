import { checkNumber, show } from './check.ts';
import { DownhillError } from './errors.ts';
import type { ParameterInfo } from './parameter-info.ts';
import { nearest } from './registry.ts';

/**
 * Which parameters a transform acts on, as plain data that a saved optimizer keeps. All that is given must hold.
 * In names `*` stands for any letters, and the `_1`, `_2` that tfjs-layers appends to a name that was used before are
 * passed over, so that a mask fits a model that was loaded again.
 */
export interface ParameterGroup {
  /** The name fits one of these: `'dense/kernel'`, `'*\/bias'`. */
  readonly names?: readonly string[];
  /** The name fits none of these. */
  readonly except?: readonly string[];
  /** At least so many axes: 2 takes kernels and leaves biases and norms out. */
  readonly minRank?: number;
  readonly maxRank?: number;
  /** Laid out as a matrix, the last axis against all others, each side is at least so long: 2 leaves the filters of a depthwise convolution out. */
  readonly minSide?: number;
  /** None of these groups takes it: what is left over. */
  readonly noneOf?: readonly ParameterGroup[];
}

/** A group, or a function of name and shape. A function cannot be saved with an optimizer. */
export type Mask = ParameterGroup | ((parameter: ParameterInfo) => boolean);

/** The group that weight decay usually acts on: matrices and kernels, no biases and no norms. */
export const kernelsOnly: ParameterGroup = Object.freeze({ minRank: 2 });

const withoutNumber = (name: string): string => name.replace(/_\d+$/, '');

function fits(pattern: string, name: string): boolean {
  const literal = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const expression = new RegExp(`^${pattern.split('*').map(literal).join('.*')}$`);
  return expression.test(name) || expression.test(withoutNumber(name));
}

/** Of a parameter laid out as a matrix, the last axis against all others. */
function shorterSide({ shape }: ParameterInfo): number {
  const { length } = shape;
  return Math.min(
    shape[length - 1] ?? 1,
    shape.slice(0, -1).reduce((product, size) => product * size, 1),
  );
}

export function accepts(mask: Mask, parameter: ParameterInfo): boolean {
  if (typeof mask === 'function') return mask(parameter);
  const { names, except = [], minRank = 0, maxRank = Infinity, minSide = 0, noneOf = [] } = mask;
  const rank = parameter.shape.length;
  return (
    rank >= minRank &&
    rank <= maxRank &&
    shorterSide(parameter) >= minSide &&
    (names === undefined || names.some((pattern) => fits(pattern, parameter.name))) &&
    !except.some((pattern) => fits(pattern, parameter.name)) &&
    !noneOf.some((group) => accepts(group, parameter))
  );
}

const FIELDS = ['names', 'except', 'minRank', 'maxRank', 'minSide', 'noneOf'];

/** @throws DownhillError `invalid-argument` where a mask is neither a function nor a group, or a field of the group is none. */
export function checkMask(source: string, mask: unknown): asserts mask is Mask {
  if (typeof mask === 'function') return;
  const fail = (problem: string): never => {
    throw new DownhillError({ code: 'invalid-argument', source, problem, advice: "Write { minRank: 2 } or { names: ['*/kernel'] }." });
  };
  if (typeof mask !== 'object' || mask === null || Array.isArray(mask) || !Object.keys(mask).every((key) => FIELDS.includes(key)))
    fail(`a mask must be an object with some of ${FIELDS.join(', ')}, or a function of name and shape, got ${show(mask)}`);
  const { names = [], except = [], minRank = 0, maxRank = 0, minSide = 0, noneOf = [] } = mask as Readonly<Record<string, unknown>>;
  for (const [field, patterns] of Object.entries({ names, except }))
    if (!Array.isArray(patterns) || !patterns.every((pattern) => typeof pattern === 'string'))
      fail(`\`${field}\` must be a list of names, got ${show(patterns)}`);
  checkNumber(source, { minRank, maxRank, minSide }, { min: 0, integer: true });
  if (!Array.isArray(noneOf)) fail(`\`noneOf\` must be a list of groups, got ${show(noneOf)}`);
  else for (const group of noneOf) checkMask(source, group);
}

/** The name, or the name by its last part, that is most like a pattern. */
const near = (pattern: string, parameters: readonly ParameterInfo[]): string | undefined =>
  nearest(pattern, [
    ...parameters.map(({ name }) => withoutNumber(name)),
    ...parameters.map(({ name }) => `*/${withoutNumber(name).split('/').at(-1)}`),
  ]);

const withShape = ({ name, shape }: ParameterInfo): string => `${name} [${shape.join(', ')}]`;

/** Where two names are alike and only the rank keeps a parameter out, the reader wants to see it first. */
function nearMisses(masks: readonly Mask[], parameters: readonly ParameterInfo[]): readonly ParameterInfo[] {
  const byName = masks.map((mask) => (typeof mask === 'function' ? {} : { ...mask, minRank: 0, maxRank: Infinity, minSide: 0 }));
  const close = parameters.filter((parameter) => byName.every((mask) => accepts(mask, parameter)));
  return close.length > 0 ? close : parameters;
}

const patternsOf = ({ names = [], except = [], noneOf = [] }: ParameterGroup): readonly string[] => [
  ...names,
  ...except,
  ...noneOf.flatMap(patternsOf),
];

/** Options of {@link checkMasksFit}. */
export interface MasksFitOptions {
  /** The masks together must leave some parameter; see `RuleDefinition.mustAct`. @defaultValue false */
  readonly mustAct?: boolean;
}

/**
 * Checks that each pattern of the masks fits some parameter: a misspelled group would otherwise train nothing, silently.
 *
 * @throws DownhillError `unknown-name` with the pattern, the names that there are and the nearest of them.
 */
export function checkMasksFit(
  source: string,
  masks: readonly Mask[],
  parameters: readonly ParameterInfo[],
  { mustAct = false }: MasksFitOptions = {},
): void {
  for (const mask of masks) {
    if (typeof mask === 'function') continue;
    const lost = patternsOf(mask).find((pattern) => !parameters.some(({ name }) => fits(pattern, name)));
    if (lost === undefined) continue;
    const meant = near(lost, parameters);
    throw new DownhillError({
      code: 'unknown-name',
      source,
      problem: `the parameter group '${lost}' fits no parameter; there are ${parameters.map(({ name }) => name).join(', ')}`,
      advice: `${meant === undefined ? '' : `Did you mean '${meant}'? `}Write the name as in model.weights, with * for any letters.`,
    });
  }
  if (!mustAct || parameters.some((parameter) => masks.every((mask) => accepts(mask, parameter)))) return;
  throw new DownhillError({
    code: 'unknown-name',
    source,
    problem: `the mask ${masks.map((mask) => show(mask)).join(' with ')} leaves it no parameter; near are ${nearMisses(masks, parameters).map(withShape).join(', ')}`,
    advice: 'Widen the mask, or leave the rule out.',
  });
}
