import { normalize } from '../checks/rows.ts';
import type { OutputKind } from '../checks/check-members.ts';
import type { Outputs } from '../outputs.ts';

/** Σ shareₘ · memberₘ, number by number; of probabilities each row is brought to a sum of 1, which members have only nearly. */
export function mixture(members: readonly Outputs[], shares: readonly number[], of: OutputKind): Outputs {
  const [examples, width] = members[0]?.shape ?? [0, 0];
  const values = new Float64Array(examples * width);
  members.forEach((member, m) => {
    const share = shares[m] ?? 0;
    if (share !== 0) member.values.forEach((value, i) => (values[i] = (values[i] ?? 0) + share * value));
  });
  if (of === 'probabilities') for (let i = 0; i < examples; i++) normalize(values.subarray(i * width, (i + 1) * width));
  return { values, shape: [examples, width] };
}
