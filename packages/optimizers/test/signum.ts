import { checkNumber, lerp, sign, transform, zeros, type Transform } from '@downhill/core';

/** Signum, only the sign of the momentum: Bernstein et al. 2018, algorithm 2 (arXiv:1802.04434). */
export function signum({ momentum = 0.9 }: { momentum?: number } = {}): Transform {
  checkNumber('signum', { momentum }, { min: 0, below: 1 });
  return transform({
    name: 'signum',
    config: { momentum },
    slots: { m: zeros },
    update(g, { slots }) {
      const m = lerp(g, slots.m, momentum); // of the old m the share momentum
      return { update: sign(m), slots: { m } };
    },
  });
}
