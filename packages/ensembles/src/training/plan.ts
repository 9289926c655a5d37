import { checkNumber, randomStream, streamKey, type Json } from '@downhill/core';

/** What makes one member of an ensemble differ from the others. */
export interface MemberPlan {
  readonly index: number;
  /** `member-000` and so on; begins the file's name. */
  readonly name: string;
  /** For everything that its training draws: first weights, shuffles, masks. */
  readonly seed: number;
  /** Which examples it learns from, one may be there several times; left out, all. */
  readonly rows?: Int32Array;
  /** Which columns of the inputs' last axis it sees; left out, all. */
  readonly features?: readonly number[];
}

/** The members of an ensemble before they are trained; each is a function of the plan's config and its index alone. */
export interface EnsemblePlan {
  readonly kind: 'ensemblePlan';
  /** The function that made it: `deepEnsemble`, `bagging`, `randomSubspaces`. */
  readonly name: string;
  readonly config: Readonly<Record<string, Json>>;
  readonly size: number;
  member(index: number): MemberPlan;
}

/** What {@link ensemblePlan} is made of. */
export interface EnsemblePlanDefinition {
  /** The function that makes the plan. */
  readonly name: string;
  /** All that a member depends on beside its index, as JSON: a store that holds members of another config is refused. */
  readonly config: Readonly<Record<string, Json>>;
  /** How many members. */
  readonly size: number;
  /** What the members' seeds are drawn from. */
  readonly seed: number;
  /** What a member has beside index, name and seed; a function of the index alone. */
  readonly member: (index: number) => Pick<MemberPlan, 'rows' | 'features'> & { readonly seed?: number };
}

/**
 * A plan of your own, such as bagging over groups of examples: what makes each member differ.
 *
 * @example
 * const thirds = ensemblePlan({ name: 'thirds', config: {}, size: 3, seed: 1, member: (index) => ({ features: [index, index + 3] }) });
 * thirds.member(2).features; // [2, 5]
 * thirds.member(2).name; // 'member-002'
 *
 * @throws DownhillError `invalid-argument` for a size below 1 or a seed that is no whole number.
 */
export function ensemblePlan({ name, config, size, seed, member }: EnsemblePlanDefinition): EnsemblePlan {
  checkNumber(name, { size }, { min: 1, integer: true });
  checkNumber(name, { seed }, { integer: true });
  const planned = (index: number): MemberPlan => ({ index, name: memberName(index), seed: memberSeed(seed, index), ...member(index) });
  return Object.freeze({ kind: 'ensemblePlan', name, config, size, member: planned });
}

const memberName = (index: number): string => `member-${String(index).padStart(3, '0')}`;

/** Seeds of members of two ensembles have nothing to do with each other, whatever the ensembles' own seeds. */
const memberSeed = (seed: number, index: number): number => randomStream(streamKey(seed, 'ensemble member', index)).uint32At(0);

/** The names of all members. */
export const memberNames = ({ size }: EnsemblePlan): readonly string[] => Array.from({ length: size }, (_, index) => memberName(index));
