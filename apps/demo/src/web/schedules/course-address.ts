import { noSuch, numberProblem, queryReader, readOptions } from '../shell/query-reader.ts';
import type { Read } from '../shell/use-address-state.ts';
import { DEFAULT_COURSE, MOST_PHASES, MOST_STEPS, type Course, type Phase } from './course.ts';
import { shapeNamed, SHAPES, usualValues } from './shapes.ts';

/** The course as parts of an address; numbers that are as usual are left out. */
export function writeCourse({ steps, warmup, phases }: Course): URLSearchParams {
  const query = new URLSearchParams();
  query.set('steps', String(steps));
  query.set('warmup', String(warmup));
  for (const [i, phase] of phases.entries()) query.append('phase', phaseText(phase, i === phases.length - 1));
  return query;
}

function phaseText({ shape, values, length }: Phase, last: boolean): string {
  const found = shapeNamed(shape);
  const usual = found === undefined ? {} : usualValues(found);
  const changed = Object.entries(values).filter(([name, value]) => usual[name] !== value);
  return [shape, ...(last ? [] : [`length:${length}`]), ...changed.map(([name, value]) => `${name}:${value}`)].join(',');
}

/** Reads what {@link writeCourse} wrote, or what somebody typed: what makes no sense is named and left at its usual value. */
export function readCourse(query: URLSearchParams): Read<Course> {
  const read = queryReader(query);
  const steps = read.number('steps', DEFAULT_COURSE.steps, { min: 1, max: MOST_STEPS, whole: true });
  const warmup = read.number('warmup', DEFAULT_COURSE.warmup, { min: 0, max: steps, whole: true });
  const problems: string[] = [];
  const texts = query.getAll('phase');
  if (texts.length > MOST_PHASES) problems.push(`A course has at most ${MOST_PHASES} phases: the others are left out.`);
  const phases = texts.slice(0, MOST_PHASES).flatMap((text) => readPhase(text, problems));
  return {
    state: { steps, warmup, phases: phases.length === 0 ? DEFAULT_COURSE.phases : phases },
    problems: [...read.problems, ...problems],
  };
}

const USUAL_LENGTH = 100;

function readPhase(text: string, problems: string[]): readonly Phase[] {
  const [name = '', ...parts] = text.split(',');
  const shape = shapeNamed(name);
  if (shape === undefined) {
    const names = SHAPES.map((known) => known.name);
    problems.push(noSuch('schedule', name, names));
    return [];
  }
  const { length = USUAL_LENGTH, ...values } = readOptions(name, parts, { ...usualValues(shape), length: USUAL_LENGTH }, problems);
  const problem = numberProblem(`length of ${name}`, String(length), { min: 1, whole: true });
  if (problem !== undefined) problems.push(problem);
  return [{ shape: name, values, length: problem === undefined ? Number(length) : USUAL_LENGTH }];
}
