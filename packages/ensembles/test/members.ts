import { randomStream, streamKey } from '@downhill/core';
import { exp } from '@downhill/core/math';
import fc from 'fast-check';
import { fillRows, normalize } from '../src/checks/rows.ts';
import { outputsFrom, type Outputs } from '../src/index.ts';

/** Rows of probabilities, some of them with zeros. */
const row = (classes: number): fc.Arbitrary<number[]> =>
  fc
    .array(fc.oneof({ weight: 5, arbitrary: fc.double({ min: 1e-6, max: 1, noNaN: true }) }, { weight: 1, arbitrary: fc.constant(0) }), {
      minLength: classes,
      maxLength: classes,
    })
    .filter((values) => values.some((value) => value > 0))
    .map((values) => values.map((value) => value / values.reduce((a, b) => a + b, 0)));

export const membersArbitrary: fc.Arbitrary<readonly Outputs[]> = fc
  .record({ members: fc.integer({ min: 1, max: 5 }), examples: fc.integer({ min: 1, max: 6 }), classes: fc.integer({ min: 2, max: 4 }) })
  .chain(({ members, examples, classes }) =>
    fc.array(fc.array(row(classes), { minLength: examples, maxLength: examples }).map(outputsFrom), {
      minLength: members,
      maxLength: members,
    }),
  );

export interface Problem {
  readonly members: readonly Outputs[];
  readonly labels: readonly number[];
}

/** Members that know the right class somewhat, each with errors of its own: `strengths[m]` is what the right logit is raised by. */
export function madeUp(
  strengths: readonly number[],
  { examples = 200, classes = 3, seed = 0 }: { examples?: number; classes?: number; seed?: number } = {},
): Problem {
  const random = randomStream(streamKey(seed, 'members'));
  const labels = Array.from({ length: examples }, (_, i) => randomStream(streamKey(seed, 'labels')).integerBelow(i, classes));
  const members = strengths.map((strength, m) =>
    fillRows([examples, classes], (into, i) => {
      into.forEach((_, k) => {
        const noise = random.normalAt((m * examples + i) * classes + k);
        into[k] = exp(noise + (k === labels[i] ? strength : 0));
      });
      normalize(into);
    }),
  );
  return { members, labels };
}
