import { augmentation, betaFrom, checkNumber, type Augmentation, type Draws, type Json } from '@downhill/core';
import { dirichletFrom } from './dirichlet.ts';
import { checkDraw, unfitDraw } from '../operations/check-draw.ts';
import { checkOptions, RESAMPLING } from '../operations/check-options.ts';
import { resamplingOf, type ResamplingOptions } from '../operations/resampling.ts';
import { checkPolicyDraws } from './check-policy-draw.ts';
import { policyEffects, type PolicyDraw } from './policy-operation.ts';
import { augMixSpace, magnitudeOf, namesOf } from './space.ts';

/** Options of {@link augMix}. */
export interface AugMixOptions extends ResamplingOptions {
  /** Magnitudes come from the first so many of ten bins. @defaultValue 3 (torchvision) */
  severity?: number;
  /** Chains that are mixed. @defaultValue 3 (torchvision) */
  width?: number;
  /** Operations in a chain; 'random': one to three. @defaultValue 'random' (torchvision) */
  depth?: number | 'random';
  /** Of the Beta and Dirichlet distributions of the shares. @defaultValue 1 (torchvision) */
  alpha?: number;
  /** Whether brightness, colour, contrast and sharpness are among the operations. @defaultValue true (torchvision) */
  colour?: boolean;
}

/** The image's share, and those of the chains. */
export interface AugMixDraw {
  readonly own: number;
  readonly chains: readonly { readonly share: number; readonly steps: readonly PolicyDraw[] }[];
  readonly [key: string]: number | AugMixDraw['chains'];
}

const BINS = 10;
const SHARE = { min: 0, max: 1 };

/**
 * The image mixed with several chains of operations on it (Hendrycks et al. 2020, arXiv:1912.02781, algorithm 1):
 *
 *     m x + Σ wᵢ chainᵢ(x)      m ~ Beta(α, α), w ~ (1 - m) Dirichlet(α, ..., α)
 *
 * @example
 * const mixed = augMix({ severity: 3 });
 * mixed.name; // 'augMix'
 *
 * @throws DownhillError `invalid-argument` for counts that are none, or an alpha that is not above 0.
 */
export function augMix(options: AugMixOptions = {}): Augmentation<AugMixDraw> {
  checkOptions('augMix', options, ['severity', 'width', 'depth', 'alpha', 'colour', ...RESAMPLING]);
  const { severity = 3, width = 3, depth = 'random', alpha = 1, colour = true } = options;
  checkNumber('augMix', { severity }, { min: 1, max: BINS, integer: true });
  checkNumber('augMix', { width }, { min: 1, integer: true });
  if (depth !== 'random') checkNumber('augMix', { depth }, { min: 1, integer: true });
  checkNumber('augMix', { alpha }, { above: 0 });
  const resampling = resamplingOf('augMix', options);
  return augmentation<AugMixDraw>({
    name: 'augMix',
    config: { ...options },
    check(draw) {
      checkDraw('augMix', draw, { own: SHARE });
      const { chains } = draw as unknown as AugMixDraw;
      if (!Array.isArray(chains)) throw unfitDraw('augMix', '{ own, chains }', draw);
      for (const chain of chains as readonly Json[]) {
        checkDraw('augMix', chain, { share: SHARE });
        checkPolicyDraws('augMix', (chain as { readonly steps?: Json }).steps);
      }
    },
    draw(draws, image) {
      const space = augMixSpace(BINS, image, colour);
      const names = namesOf(space);
      const own = betaFrom(draws, alpha, alpha);
      const shares = dirichletFrom(draws, alpha, width);
      const step = (): PolicyDraw => {
        const operation = names[draws.integer(names.length)] ?? 'Identity';
        return { operation, magnitude: magnitudeOf(space, operation, draws.integer(severity), draws.integer(2) === 1) };
      };
      const chains = shares.map((share) => ({
        share: (1 - own) * share,
        steps: Array.from({ length: depth === 'random' ? lengthOf(draws) : depth }, step),
      }));
      return { own, chains };
    },
    apply: ({ own, chains }, image) => [
      {
        kind: 'mixture',
        own,
        chains: chains.map(({ share, steps }) => ({ share, effects: steps.flatMap((step) => policyEffects(step, image, resampling)) })),
      },
    ],
  });
}

const lengthOf = (draws: Draws): number => 1 + draws.integer(3);
