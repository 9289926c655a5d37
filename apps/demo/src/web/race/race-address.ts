import { noSuch, numberOf, queryReader, readOptions } from '../shell/query-reader.ts';
import type { Read } from '../shell/use-address-state.ts';
import { ARROWS, DEFAULT_RACE, MOST_RACERS, MOST_STEPS, PICTURES, placesOf, type RaceState } from './race-state.ts';
import { rateSchedules, ruleNames, usualNumbers, type Racer } from './rules.ts';
import { OWN, SURFACES, type Point, type Range } from './surfaces.ts';

/** The state as parts of an address; what is as usual is left out. */
export function writeRace(state: RaceState): URLSearchParams {
  const usual = { ...DEFAULT_RACE, ...placesOf(state.surface) };
  const query = new URLSearchParams();
  const put = (name: string, text: string, usually: string): void => {
    if (text !== usually) query.set(name, text);
  };
  query.set('surface', state.surface);
  if (state.surface === OWN) query.set('formula', state.formula);
  put('range', rangeText(state.range), rangeText(usual.range));
  put('start', state.start.join(','), usual.start.join(','));
  for (const name of ['steps', 'noise', 'seed', 'schedule', 'picture'] as const) put(name, String(state[name]), String(usual[name]));
  put('arrows', state.arrows.join(','), usual.arrows.join(','));
  if (state.at !== undefined) query.set('at', String(state.at));
  if (state.racers.length === 0) query.set('racer', ''); // none is not the usual ones
  for (const racer of state.racers) query.append('racer', racerText(racer, state.surface));
  return query;
}

const rangeText = ({ left, right, bottom, top }: Range): string => [left, right, bottom, top].join(',');

function racerText({ rule, numbers }: Racer, surface: string): string {
  const usual = usualNumbers(rule, surface);
  const changed = Object.entries(numbers).filter(([name, value]) => usual[name] !== value);
  return [rule, ...changed.map(([name, value]) => `${name}:${value}`)].join(',');
}

/** Reads what {@link writeRace} wrote, or what somebody typed: what makes no sense is named and left at its usual value. */
export function readRace(query: URLSearchParams): Read<RaceState> {
  const read = queryReader(query);
  const problems: string[] = [];
  const numbers = <T>(name: string, count: number, usual: T, make: (values: readonly number[]) => T | undefined, takes: string): T => {
    const text = query.get(name);
    if (text === null) return usual;
    const values = text
      .split(',')
      .map(numberOf)
      .filter((value) => value !== undefined);
    const made = values.length === count ? make(values) : undefined;
    if (made === undefined) problems.push(`${name} takes ${takes}, not '${text}'.`);
    return made ?? usual;
  };

  const surface = read.choice('surface', DEFAULT_RACE.surface, [...SURFACES.map(({ id }) => id), OWN]);
  const places = placesOf(surface);
  const steps = read.number('steps', DEFAULT_RACE.steps, { min: 1, max: MOST_STEPS, whole: true });
  const at = read.number('at', steps, { min: 0, max: steps, whole: true });
  const texts = query.getAll('racer').filter((text) => text !== '');
  if (texts.length > MOST_RACERS) problems.push(`A race has at most ${MOST_RACERS} optimizers: the others are left out.`);
  const racers = texts.slice(0, MOST_RACERS).flatMap((text) => readRacer(text, surface, problems));
  const state: RaceState = {
    surface,
    formula: query.get('formula') ?? DEFAULT_RACE.formula,
    range: numbers('range', 4, places.range, readRange, 'left, right, bottom and top'),
    start: numbers('start', 2, places.start, ([x = 0, y = 0]): Point => [x, y], 'two numbers'),
    steps,
    noise: read.number('noise', DEFAULT_RACE.noise, { min: 0 }),
    seed: read.number('seed', DEFAULT_RACE.seed, { whole: true }),
    schedule: read.choice('schedule', DEFAULT_RACE.schedule, rateSchedules()),
    racers: !query.has('racer') ? DEFAULT_RACE.racers : racers,
    picture: read.choice('picture', DEFAULT_RACE.picture, PICTURES),
    arrows: ARROWS.filter((arrow) => query.get('arrows')?.split(',').includes(arrow)),
    at: at === steps ? undefined : at,
  };
  return { state, problems: [...read.problems, ...problems] };
}

function readRange([left = 0, right = 0, bottom = 0, top = 0]: readonly number[]): Range | undefined {
  return left < right && bottom < top ? { left, right, bottom, top } : undefined;
}

function readRacer(text: string, surface: string, problems: string[]): readonly Racer[] {
  const [rule = '', ...parts] = text.split(',');
  const names = ruleNames();
  if (!names.includes(rule)) {
    problems.push(noSuch('optimizer', rule, names));
    return [];
  }
  return [{ rule, numbers: readOptions(rule, parts, usualNumbers(rule, surface), problems) }];
}
