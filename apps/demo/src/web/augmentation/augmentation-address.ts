import { noSuch, numberProblem, queryReader } from '../shell/query-reader.ts';
import type { Read } from '../shell/use-address-state.ts';
import {
  ALPHA,
  DEFAULT_STATE,
  MOST_EPOCH,
  MOST_SEED,
  MOST_STEPS,
  SAMPLES,
  type AugmentationState,
  type Step,
} from './augmentation-state.ts';
import { operationNamed, OPERATIONS, rangeOf } from './operations.ts';
import { PICTURE_NAMES } from './picture/built-in.ts';

/** The state as parts of an address; an empty pipeline is a `step` without a name. */
export function writeAugmentation({ steps, partner, ...state }: AugmentationState): URLSearchParams {
  const query = new URLSearchParams();
  for (const name of ['picture', 'seed', 'epoch', 'sample', 'strength', 'alpha'] as const) query.set(name, String(state[name]));
  query.set('with', partner);
  if (steps.length === 0) query.set('step', '');
  for (const { operation, value } of steps)
    query.append('step', operationNamed(operation)?.strength === undefined ? operation : `${operation}:${value}`);
  return query;
}

/** Reads what {@link writeAugmentation} wrote, or what somebody typed: what makes no sense is named and left as usual. */
export function readAugmentation(query: URLSearchParams): Read<AugmentationState> {
  const usual = DEFAULT_STATE;
  const read = queryReader(query);
  const texts = query.getAll('step');
  const problems: string[] = [];
  const steps = texts
    .filter((text) => text !== '')
    .slice(0, MOST_STEPS)
    .flatMap((text) => readStep(text, problems));
  if (texts.length > MOST_STEPS) problems.push(`A pipeline here has at most ${MOST_STEPS} operations: the others are left out.`);
  const state: AugmentationState = {
    picture: read.choice('picture', usual.picture, PICTURE_NAMES),
    partner: read.choice('with', usual.partner, PICTURE_NAMES),
    steps: texts.length === 0 ? usual.steps : steps,
    seed: read.number('seed', usual.seed, { min: 0, max: MOST_SEED, whole: true }),
    epoch: read.number('epoch', usual.epoch, { min: 0, max: MOST_EPOCH, whole: true }),
    sample: read.number('sample', usual.sample, { min: 0, max: SAMPLES - 1, whole: true }),
    strength: read.number('strength', usual.strength, { min: 0, max: 1 }),
    alpha: read.number('alpha', usual.alpha, ALPHA),
  };
  return { state, problems: [...read.problems, ...problems] };
}

function readStep(text: string, problems: string[]): readonly Step[] {
  const [name = '', written] = text.split(':');
  const operation = operationNamed(name);
  if (operation === undefined) {
    const names = OPERATIONS.map((known) => known.name);
    problems.push(noSuch('operation', name, names));
    return [];
  }
  const { strength } = operation;
  if (strength === undefined) return [{ operation: name, value: 0 }];
  const problem = written === undefined ? undefined : numberProblem(`${strength.label} of ${name}`, written, rangeOf(strength));
  if (problem !== undefined) problems.push(problem);
  return [{ operation: name, value: written === undefined || problem !== undefined ? strength.usual : Number(written) }];
}
