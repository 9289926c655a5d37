import { float, int, settingAt, unitOf, type Parameter } from '@downhill/tuning';
import { NotCovered } from '../../family.ts';
import { replayOf, type Case, type Replay } from '../../cases/case-family.ts';

interface DistributionCase extends Case {
  readonly config: { readonly kind: string; readonly low: number; readonly high: number; readonly step?: number };
  readonly input: { readonly u: readonly number[] };
  readonly expected: { readonly values: readonly number[]; readonly inverse?: readonly number[] };
}

/** The files have nine digits. */
const DIGITS = 1e-8;

function parameterOf({ kind, low, high, step = 1 }: DistributionCase['config']): Parameter {
  if (kind === 'logUniform') return float(low, high, { log: true });
  if (kind === 'logUniformInt') return int(low, high, { log: true });
  if (kind === 'uniformStep') return float(low, high, { step });
  throw new NotCovered(`there is no distribution '${kind}'`);
}

export const distributions: Replay = replayOf<DistributionCase>(({ config, input: { u }, expected }, compare) => {
  const parameter = parameterOf(config);
  const values = u.map((place) => settingAt(parameter, place) as number);
  for (const [i, value] of values.entries()) compare.relative(`value ${i + 1}`, value, expected.values[i] as number, DIGITS);
  if (expected.inverse === undefined) return;
  compare.absolute(
    'inverse',
    values.map((value) => unitOf(parameter, value)),
    expected.inverse,
    DIGITS,
  );
});
