import type { Picture } from './picture.ts';
import { digit } from './pictures/digits.ts';
import { meadow, piazzetta } from './pictures/photographs.ts';
import { testCard } from './pictures/test-card.ts';

/** What the operations are shown on. */
export interface Pictures {
  readonly card: Picture;
  readonly photograph: Picture;
  /** Another one, to mix with. */
  readonly meadow: Picture;
  readonly seven: Picture;
  readonly two: Picture;
}

export const pictures = (): Pictures => ({
  card: testCard(),
  photograph: piazzetta(),
  meadow: meadow(),
  seven: digit(0, [0.95, 0.8, 0.25], [0.1, 0.12, 0.35]),
  two: digit(1, [0.3, 0.9, 0.85], [0.35, 0.1, 0.2]),
});
