import { createHash } from 'node:crypto';
import { Window, type HTMLElement } from 'happy-dom';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { allFailed, studyOf } from '../../test/picture-studies.ts';
import { bestTrial, categorical, float, space, type StudyView } from '../index.ts';
import { studyReport } from '../report.ts';

const EVIL = `<script>alert("1")</script>'&</style><!--`;
const parsed = (page: string) => new new Window().DOMParser().parseFromString(page, 'text/html');
const evil: StudyView = (() => {
  const study = studyOf(6, { name: EVIL, searched: space({ [EVIL]: float(0, 1), kind: categorical([EVIL, 'b']) } as never) as never });
  return { ...study, trials: study.trials.map((trial) => ({ ...trial, error: EVIL, attributes: { [EVIL]: EVIL } })) };
})();

describe('a report', () => {
  test('says first which settings are the best, and has them as JSON', () => {
    const study = studyOf(60);
    const document = parsed(studyReport(study));
    const best = bestTrial(study);
    expect(document.querySelector('main section h2')?.textContent).toBe(`Best settings trial ${best?.number}`);
    expect(JSON.parse(document.querySelector('pre')?.textContent ?? '')).toEqual(best?.settings);
    expect([...document.querySelectorAll('dl dt')].map(({ textContent }) => textContent)).toEqual([
      'value',
      ...Object.keys(best?.settings ?? {}),
    ]);
  });

  test('says what the best came to when it was measured again', () => {
    const study = studyOf(20);
    const best = bestTrial(study)?.number ?? 0;
    const again = [0.25, 0.5].map((value, i) => ({ ...study.trials[best]!, number: 20 + i, value, repeats: best, repeat: i + 1 }));
    const document = parsed(studyReport({ ...study, trials: [...study.trials, ...again] }));
    expect(document.querySelector('dl')?.textContent).toContain('value, measured again0.25, 0.5');
  });

  test('shows the trial that it is told won', () => {
    const study = studyOf(20);
    const other = study.trials.find(({ state, number }) => state === 'complete' && number !== bestTrial(study)?.number)?.number ?? 0;
    const document = parsed(studyReport(study, { best: other }));
    expect(document.querySelector('main section h2')?.textContent).toBe(`Best settings trial ${other}`);
    expect(document.querySelector('tr.winner td')?.textContent).toBe(String(other));
    expect(() => studyReport(study, { best: 99 })).toThrow('`best` must be the number of a complete trial, got 99');
  });

  test('has a row a trial, with why it failed and what was noted', () => {
    const study = studyOf(60);
    const noted = {
      ...study,
      trials: study.trials.map((trial) => (trial.number === 1 ? { ...trial, attributes: { accuracy: 0.5 }, continues: 0 } : trial)),
    };
    const rows = [...parsed(studyReport(noted)).querySelectorAll('#trials tbody tr')];
    expect(rows).toHaveLength(60);
    const failed = study.trials.findIndex(({ state }) => state === 'failed');
    expect(rows[failed]?.textContent).toContain('Error: the loss is NaN');
    expect(rows[1]?.textContent).toContain('goes on from trial 0; accuracy: 0.5');
  });

  test.each([
    ['no trial', studyOf(0)],
    ['only failed trials', allFailed(studyOf(4))],
  ])('of a study with %s says so', (_, study) => {
    const document = parsed(studyReport(study));
    expect(document.querySelector('dl')).toBeNull();
    expect(document.querySelector('main section')?.textContent).toContain('No trial is complete');
  });

  test('has no element of the names and texts that it is given', () => {
    const page = studyReport(evil, { title: EVIL });
    expect(page.match(/<script/g)).toHaveLength(2); // the data and the script of the page
    const document = parsed(page);
    expect(document.querySelectorAll('script')).toHaveLength(2);
    expect(document.querySelector('h1')?.textContent).toBe(EVIL);
    expect(document.querySelector('#trials')?.textContent).toContain(EVIL);
    expect(JSON.parse(document.querySelector('#data')?.textContent ?? '').name).toBe(EVIL);
  });

  test('allows by its policy only its own script, and loads nothing', () => {
    const page = studyReport(studyOf(5));
    const script = /<script>([^]*)<\/script>/.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(script).digest('base64');
    expect(page).toContain(`content="default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:"`);
    expect(page.replace(script, '')).not.toMatch(/(src|href)=|url\(|@import/);
  });

  test('is the same for the same study', () => {
    expect(studyReport(studyOf(60))).toBe(studyReport(studyOf(60)));
  });

  test('refuses an option that it does not have', () => {
    expect(() => studyReport(studyOf(1), { titel: 'mine' } as never)).toThrow('Did you mean `title`?');
  });
});

describe('the page', () => {
  let window: Window;
  const errors: unknown[] = [];
  const open = (study: StudyView) => {
    window.document.write(studyReport(study));
    return window.document;
  };
  beforeEach(() => {
    window = new Window({ settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true } });
    window.addEventListener('error', (event) => errors.push((event as unknown as { error: unknown }).error));
  });
  afterEach(async () => {
    expect(errors).toEqual([]);
    await window.happyDOM.close();
  });
  const column = (index: number) =>
    [...window.document.querySelectorAll('#trials tbody tr')].map((row) => row.querySelectorAll('td')[index]?.dataset['key']);
  const head = (index: number) => window.document.querySelectorAll('#trials th button')[index] as unknown as HTMLElement;

  test('draws the four pictures, each with what it shows in words', () => {
    const pictures = [...open(studyOf(20)).querySelectorAll('.picture')];
    expect(pictures.map((place) => place.getAttribute('aria-label')?.split(' of study')[0])).toEqual([
      'History',
      'Parallel coordinates',
      'Slices',
      'Intermediate values',
    ]);
    for (const place of pictures) expect(place.querySelectorAll('svg path').length).toBeGreaterThan(5);
  });

  test('sorts its table by the heads, numbers by size, and what is not there last', () => {
    open(studyOf(30));
    head(2).click();
    const values = column(2)
      .filter((value) => value !== '')
      .map(Number);
    expect(values).toEqual(values.toSorted((a, b) => a - b));
    expect(
      column(2)
        .slice(values.length)
        .every((value) => value === ''),
    ).toBe(true);
    head(2).click();
    expect(column(2).slice(0, values.length).map(Number)).toEqual(values.toReversed());
    head(1).click();
    expect(column(1)).toEqual(column(1).toSorted());
  });

  test('goes through the themes, and draws the pictures in their colours', () => {
    const document = open(studyOf(5));
    const button = document.querySelector('#theme') as unknown as HTMLElement;
    const paper = () => document.querySelector('.picture svg rect')?.getAttribute('fill');
    const seen = [1, 2, 3].map(() => {
      button.click();
      return [document.documentElement.dataset['theme'], paper()];
    });
    expect(seen).toEqual([
      ['light', '#ffffff'],
      ['dark', '#161b22'],
      [undefined, '#ffffff'],
    ]);
  });
});
