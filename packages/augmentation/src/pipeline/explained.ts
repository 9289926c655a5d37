import type { Pass } from '../passes/pass.ts';

/** A plan in words. */
export function explained(names: readonly string[], passes: readonly Pass[]): string {
  const count = passes.length === 1 ? '1 pass' : `${passes.length} passes`;
  return [`${names.join(', ')}: ${count}`, ...passes.map((pass, i) => `${i + 1}. ${line(pass)}`)].join('\n');
}

function line(pass: Pass): string {
  switch (pass.kind) {
    case 'geometry': {
      const moved = pass.displacement === undefined ? '' : ', each pixel displaced';
      return `resample to ${pass.height} x ${pass.width} (${pass.interpolation}, ${pass.border}${moved}): all geometry since the pass before, as one matrix`;
    }
    case 'neighbourhood':
      return `${pass.name}: looks at more than one pixel for each, so nothing joins it`;
    case 'mixture':
      return `mixture of the image and ${pass.chains.length} chains of it, each with passes of its own`;
    default:
      return `pixel by pixel: ${pass.steps.map((step) => (step.kind === 'pointwise' ? step.name : step.kind === 'colour' ? 'colour matrix' : 'erase')).join(', ')}`;
  }
}
