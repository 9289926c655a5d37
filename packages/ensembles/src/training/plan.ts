import { randomStream, streamKey, type Json } from '@downhill/core';

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

/** A plan from what its members have beside index, name and seed. */
export function planOf(
  name: string,
  config: EnsemblePlan['config'],
  { size, seed }: { readonly size: number; readonly seed: number },
  parts: (index: number) => Pick<MemberPlan, 'rows' | 'features'> & { readonly seed?: number },
): EnsemblePlan {
  const member = (index: number): MemberPlan => ({ index, name: memberName(index), seed: memberSeed(seed, index), ...parts(index) });
  return Object.freeze({ kind: 'ensemblePlan', name, config, size, member });
}

const memberName = (index: number): string => `member-${String(index).padStart(3, '0')}`;

/** Seeds of members of two ensembles have nothing to do with each other, whatever the ensembles' own seeds. */
const memberSeed = (seed: number, index: number): number => randomStream(streamKey(seed, 'ensemble member', index)).uint32At(0);

/** The names of all members. */
export const memberNames = ({ size }: EnsemblePlan): readonly string[] => Array.from({ length: size }, (_, index) => memberName(index));
