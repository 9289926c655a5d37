import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { colour } from './augmentation/colour.ts';
import { geometry } from './augmentation/geometry.ts';
import { labels } from './augmentation/labels.ts';
import { mixing } from './augmentation/mixing.ts';
import { policies } from './augmentation/policies.ts';

export const augmentation: Family = caseFamily('augmentation', { ...colour, ...geometry, ...labels, ...mixing, ...policies });
