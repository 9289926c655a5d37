import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { colour } from './augmentation/colour.ts';
import { geometry } from './augmentation/geometry.ts';

export const augmentation: Family = caseFamily('augmentation', { ...colour, ...geometry });
