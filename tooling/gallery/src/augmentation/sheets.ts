import type { Pictures } from './pictures.ts';
import type { Sheet } from './sheet.ts';
import { colour } from './sheets/colour.ts';
import { framing } from './sheets/framing.ts';
import { geometry } from './sheets/geometry.ts';
import { labels } from './sheets/labels.ts';
import { mixing } from './sheets/mixing.ts';
import { neighbourhood } from './sheets/neighbourhood.ts';
import { policies } from './sheets/policies.ts';
import { views } from './sheets/views.ts';

/** The sheets in the order of the README, each made when it is called for. */
export const sheets: readonly ((pictures: Pictures) => Sheet)[] = [
  geometry,
  framing,
  colour,
  neighbourhood,
  mixing,
  policies,
  views,
  labels,
];
