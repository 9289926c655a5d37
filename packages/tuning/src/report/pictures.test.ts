import { Window } from 'happy-dom';
import { describe, expect, test } from 'vitest';
import { allFailed, studyOf } from '../../test/picture-studies.ts';
import { trialOf } from '../../test/sampled.ts';
import { categorical, fixed, float, int, space, type FrozenTrial, type StudyView } from '../index.ts';
import { historySvg, intermediateValuesSvg, parallelCoordinatesSvg, sliceSvg } from '../report.ts';

const PICTURES = [
  ['history', historySvg],
  ['parallel coordinates', parallelCoordinatesSvg],
  ['slice', sliceSvg],
  ['intermediate values', intermediateValuesSvg],
] as const;

const EVIL = `<script>alert("1")</script>'&]]>zr7-`;
const LONG = 'a_name_that_nobody_should_write_but_somebody_will_'.repeat(8);
const evil = studyOf(12, {
  name: EVIL,
  searched: space({ [EVIL]: float(0, 1), [LONG]: categorical([EVIL, LONG, 'b']), n: int(1, 4) } as never) as never,
});
const wide = studyOf(500, {
  searched: space(
    Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`p${i}`, float(1e-4, 1, { log: i % 2 === 0 })])) as never,
  ) as never,
});
const failed = allFailed(studyOf(5));

const rootOf = (svg: string) => new new Window().DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
const textsOf = (svg: string): (string | undefined)[] => [...rootOf(svg).querySelectorAll('text')].map(({ textContent }) => textContent);
const studyWith = (trials: readonly FrozenTrial[]): StudyView => ({
  name: 'some',
  direction: 'minimize',
  seed: 0,
  space: space({ x: float(0, 1) }),
  trials,
});

describe.each(PICTURES)('the picture of %s', (_, draw) => {
  test.each([
    ['no trial', studyOf(0)],
    ['one trial', studyOf(1)],
    ['only failed trials', failed],
    ['sixty trials', studyOf(60)],
    ['500 trials with 12 parameters', wide],
    ['names that are no names', evil],
  ])('of %s is well-formed, says what it shows, and is the same each time', (_, study) => {
    const svg = draw(study);
    expect(draw(study)).toBe(svg);
    const root = rootOf(svg);
    expect(root.querySelector('parsererror')).toBeNull();
    expect(root.getAttribute('role')).toBe('img');
    expect(root.getAttribute('aria-label')).toContain(study.name);
    expect(svg).not.toMatch(/NaN|undefined|Infinity|href="(?!#)|url\((?!#)/);
  });

  test('has no element of the names that it is given', () => {
    const svg = draw(evil);
    expect(svg).not.toMatch(/<script/i);
    expect(svg).toContain('&lt;script&gt;');
    expect(svg.match(/zr7-/g)?.length).toBeGreaterThanOrEqual(1); // a name is left as it is
  });

  test('says that there is nothing to see, where there is not', () => {
    expect(textsOf(draw(studyOf(0))).join(' ')).toMatch(/No trial (has|is)/);
  });

  test('follows the theme of its reader', () => {
    const svg = draw(studyOf(9));
    expect(svg).toContain('@media(prefers-color-scheme:dark){');
    expect(svg).toContain('[fill="#ffffff"]{fill:#161b22}');
    expect(svg).toMatch(/<rect [^>]*fill="#ffffff"/);
  });
});

describe('history', () => {
  const study = studyWith([
    trialOf(0, { value: 3 }),
    trialOf(1, {
      state: 'pruned',
      reports: [
        { step: 1, value: 4 },
        { step: 2, value: Number.NaN },
      ],
    }),
    trialOf(2, { state: 'failed', error: 'no' }),
    trialOf(3, { value: 2 }),
    trialOf(4, { value: 1, repeats: 3, repeat: 1 }),
    trialOf(5, { state: 'pruned', reports: [{ step: 1, value: Number.NaN }] }),
    trialOf(6, { state: 'running' }),
  ]);

  test('tells complete, pruned, failed and repeated trials apart, and the best of those that count', () => {
    const svg = historySvg(study);
    expect(textsOf(svg)).toEqual(
      expect.arrayContaining(['complete', 'pruned', 'failed', 'repeat', 'best so far', 'trial', 'value (lower is better)']),
    );
    expect(rootOf(svg).getAttribute('aria-label')).toBe(
      'History of study some: 7 trials, 3 complete, 2 pruned, 1 failed; the best value is 2, of trial 3.',
    );
  });

  test('is logarithmic where values go over two powers of ten', () => {
    const ticks = textsOf(historySvg(studyWith([1e-4, 1e-2, 1].map((value, i) => trialOf(i, { value })))));
    expect(ticks).toEqual(expect.arrayContaining(['1e-4', '0.01', '1']));
    expect(ticks).not.toContain('0.2');
  });
});

describe('parallel coordinates', () => {
  test('have an axis for the value and one a parameter, with its ends, its choices, and a place for what is absent', () => {
    const texts = textsOf(parallelCoordinatesSvg(studyOf(60)));
    expect(texts).toEqual(expect.arrayContaining(['value', 'rate (log)', 'optimizer', 'momentum', 'layers', 'units (log)', 'dropout']));
    expect(texts).toEqual(expect.arrayContaining(['1e-5', '0.1', 'sgd', 'adam', 'lion', '0.99', '1024']));
    expect(texts.filter((text) => text === 'absent')).toHaveLength(1);
  });

  test('have a line a complete trial, in colours from the worst to the best', () => {
    const lines = (study: StudyView) => [...rootOf(parallelCoordinatesSvg(study)).querySelectorAll('polyline')];
    const study = studyWith([1, 2, 3].map((value, i) => trialOf(i, { value, settings: { x: i / 2 } })));
    expect(lines(study).map((line) => line.getAttribute('stroke'))).toEqual(['rgb(170,180,191)', 'rgb(79,143,217)', 'rgb(194,37,143)']);
    expect(lines({ ...study, direction: 'maximize' })[2]?.getAttribute('points')).toBe(lines(study)[0]?.getAttribute('points'));
  });
});

describe('slices', () => {
  test('leave out what is not searched', () => {
    const searched = space({ x: float(0, 1), kind: fixed('sgd') });
    for (const draw of [sliceSvg, parallelCoordinatesSvg]) {
      const texts = textsOf(draw(studyOf(9, { searched })));
      expect(texts).toContain('x');
      expect(texts).not.toContain('kind');
    }
  });

  test('leave out trials that do not have the parameter', () => {
    const study = studyOf(60);
    const texts = textsOf(sliceSvg(study));
    expect(texts).toEqual(expect.arrayContaining(['rate (log)', 'optimizer', 'momentum', 'layers', 'units (log)', 'dropout']));
    const points = (svg: string) => [...rootOf(svg).querySelectorAll('path[transform^="matrix(3.5,0,0,3.5,"]')].length;
    const complete = study.trials.filter(({ state }) => state === 'complete');
    const without = complete.filter(({ settings }) => settings['momentum'] === undefined);
    expect(points(sliceSvg(study))).toBe(6 * complete.length - without.length);
  });
});

describe('intermediate values', () => {
  test('of ten thousand steps are no larger than the screen can show, and keep what stands out', () => {
    const reports = Array.from({ length: 10_000 }, (_, step) => ({ step, value: step === 5003 ? 9 : 1 }));
    const svg = intermediateValuesSvg(studyWith([trialOf(0, { value: 1, reports })]));
    expect(svg.length).toBeLessThan(60_000);
    const [line = ''] = [...svg.matchAll(/ d="(M[^"]*)" [^>]*stroke-width="2.5"/g)].map(([, path]) => path ?? '');
    const heights = [...line.matchAll(/[ML][\d.]+ ([\d.]+)/g)].map(([, y]) => Number(y));
    expect(heights.length).toBeGreaterThan(300);
    expect(Math.max(...heights) - Math.min(...heights)).toBeGreaterThan(200);
  });

  test('are dashed for pruned trials, and heavy for the best', () => {
    const reports = [1, 2, 3].map((step) => ({ step, value: 1 / step }));
    const svg = intermediateValuesSvg(
      studyWith([trialOf(0, { value: 1, reports }), trialOf(1, { state: 'pruned', reports: reports.slice(0, 2) })]),
    );
    const lines = [...rootOf(svg).querySelectorAll('path[stroke-dasharray]')];
    expect(lines.some((line) => line.getAttribute('stroke') === '#c46a08')).toBe(true);
    expect(svg).toMatch(/stroke="#1f2328" stroke-width="2.5"/);
    expect(textsOf(svg)).toEqual(expect.arrayContaining(['best', 'pruned', 'step', 'reported value']));
  });
});
