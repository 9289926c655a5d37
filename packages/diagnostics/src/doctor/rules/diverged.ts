import { above } from '../evidence.ts';
import type { Rule } from '../rule.ts';

export const diverged: Rule = {
  name: 'diverged',
  label: 'diverged_nan',
  symptom: 'breaks: its loss is NaN or infinite',
  advice:
    'Lower the learning rate or warm it up, clip the gradients (clipByGlobalNorm(1)), compute the loss from logits, and look for NaN in the inputs; then go on from the last checkpoint before it.',
  evidence: [above('brokenAt', { about: 0.5, within: 0.05 })],
};
