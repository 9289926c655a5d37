import { createHash } from 'node:crypto';
import { Window } from 'happy-dom';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reading } from '../../index.ts';
import { htmlReport, htmlReportSink, type ReportRun } from '../../report.ts';
import { metricOf } from '../charts/metric-of.ts';
import { pageData } from './page-data.ts';
import { thinned } from './thinned.ts';

const EVIL = '<script>alert("1")</script>\'&</style><!--';
const parsed = (page: string) => new new Window().DOMParser().parseFromString(page, 'text/html');
const scalar = (name: string, step: number, value: number): Reading => ({
  kind: 'scalar',
  name,
  value,
  step,
  epoch: Math.floor(step / 10),
});
const pixels = { width: 2, height: 1, channels: 3, pixels: new Uint8Array([255, 0, 0, 0, 0, 255]) } as const;

const runNamed = (name: string, settings: ReportRun['run']['settings'] = { seed: 1 }): ReportRun => ({
  run: { name, settings },
  readings: [
    scalar('loss', 10, 2),
    scalar('val_loss', 10, 1.5),
    scalar('val_loss', 20, 1.25),
    scalar('val_loss', 30, 1.75),
    scalar('val_accuracy', 30, 0.5),
    {
      kind: 'matrix',
      name: 'confusion',
      rows: ['cat', 'dog'],
      columns: ['cat', 'dog'],
      values: [
        [9, 1],
        [0, 0],
      ],
      step: 30,
      epoch: 3,
    },
    { kind: 'text', name: 'doctor', text: 'overfits', step: 30, epoch: 3 },
  ],
});

test('a table of validation is called so', () => {
  const table: Reading = { kind: 'matrix', name: 'val_confusion', rows: ['cat'], columns: ['cat'], values: [[1]], step: 3, epoch: 1 };
  const captions = [...parsed(htmlReport([{ ...runNamed('one'), readings: [table] }])).querySelectorAll('caption')];
  expect(captions.map(({ textContent }) => textContent)).toEqual([
    'validation confusion at step 3: true classes down, predicted ones across',
  ]);
});

describe('a report', () => {
  const evil: ReportRun = {
    run: { name: EVIL, settings: { [EVIL]: EVIL, inner: { [EVIL]: [EVIL] } } },
    readings: [
      scalar(EVIL, 1, 1),
      { kind: 'text', name: EVIL, text: EVIL, step: 1, epoch: 0 },
      { kind: 'matrix', name: EVIL, rows: [EVIL], columns: [EVIL], values: [[1]], step: 1, epoch: 0 },
      { kind: 'histogram', name: EVIL, edges: [0, 1], counts: [1], step: 1, epoch: 0 },
    ],
    findings: [{ summary: EVIL, evidence: EVIL, advice: EVIL }],
    mistakes: [{ image: pixels, label: EVIL, prediction: EVIL, confidence: 0.9 }],
    ends: { [EVIL]: EVIL },
  };

  test.each([[[evil]], [[evil, evil]]])('has no element of the names and texts that it is given', (runs) => {
    const page = htmlReport(runs, { title: EVIL });
    const scripts = [...page.matchAll(/<script/g)];
    expect(scripts).toHaveLength(2); // the data and the script of the page
    const document = parsed(page);
    expect(document.querySelectorAll('script')).toHaveLength(2);
    expect(document.querySelector('h1')?.textContent).toBe(EVIL);
    expect(JSON.parse(document.querySelector('#data')?.textContent ?? '').runs[0].name).toBe(EVIL);
    expect(document.querySelector('img')?.getAttribute('alt')).toBe(`${EVIL}, taken for ${EVIL}`);
  });

  test('allows by its policy only its own script, and loads nothing', () => {
    const page = htmlReport([evil]);
    const document = parsed(page);
    const script = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, code = '']) => code);
    const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.getAttribute('content');
    const hash = createHash('sha256').update(script[0]!).digest('base64');
    expect(policy).toBe(`default-src 'none'; script-src 'sha256-${hash}'; style-src 'unsafe-inline'; img-src data:`);
    expect(document.querySelectorAll('link, iframe, script[src], object, embed')).toHaveLength(0);
    for (const image of document.querySelectorAll('img')) expect(image.getAttribute('src')).toMatch(/^data:image\//);
    expect(document.querySelector('style')?.textContent).not.toMatch(/url\(|@import/);
  });

  test('shows what one run came to, and which of its findings count', () => {
    const document = parsed(htmlReport([{ ...runNamed('one'), ends: { seconds: 12 } }]));
    const ends = Object.fromEntries(
      [...document.querySelectorAll('.ends div')].map((item) => [
        item.querySelector('dt')?.textContent,
        item.querySelector('dd')?.textContent,
      ]),
    );
    expect(ends).toEqual({
      steps: '30',
      epochs: '3',
      'train loss': '2',
      'validation loss': '1.75',
      'lowest validation loss': '1.25',
      'validation accuracy': '0.5',
      'best validation accuracy': '0.5',
      seconds: '12',
    });
    expect(document.querySelector('.lead')?.textContent).toBe('overfits');
    expect(
      [...document.querySelectorAll('.matrix tbody tr')].map((row) => [...row.children].map(({ textContent }) => textContent)),
    ).toEqual([
      ['cat', '9', '1', '90 %'],
      ['dog', '', '', ''],
      ['precision', '100 %', '0 %', ''],
    ]);
  });

  test('of many runs has a table with the settings in which they differ, and marks the best', () => {
    const worse = runNamed('b', { seed: 2, optimizer: { name: 'adam' } });
    const document = parsed(
      htmlReport([
        runNamed('a', { seed: 1, optimizer: { name: 'adam' } }),
        { ...worse, readings: [...worse.readings, scalar('val_loss', 40, 9)] },
      ]),
    );
    const heads = [...document.querySelectorAll('#runs thead th')].map(({ textContent }) => textContent);
    expect(heads).toContain('seed');
    expect(heads).toContain('verdict');
    expect(heads).not.toContain('optimizer.name');
    expect(document.querySelector('#runs')?.textContent).toContain('The same in all runs: optimizer.name adam.');
    const column = heads.indexOf('validation loss') + 1;
    const cells = [...document.querySelectorAll('#runs tbody tr')].map((row) => row.children[column]);
    expect(cells.map((cell) => [cell?.textContent, cell?.classList.contains('best')])).toEqual([
      ['1.75', true],
      ['9', false],
    ]);
  });

  test('has no column for verdicts where no run has one', () => {
    const bare = (name: string): ReportRun => ({ run: { name, settings: {} }, readings: [] });
    const rows = [...parsed(htmlReport([bare('a'), bare('b')])).querySelectorAll('#runs tr')].map(({ textContent }) => textContent?.trim());
    expect(rows).toEqual(['run', 'a', 'b']);
  });

  test('has pixels as pictures', () => {
    const image = (channels: 1 | 3, values: ArrayLike<number>): Uint8Array => {
      const mistake = { image: { width: 2, height: 1, channels, pixels: values }, label: 'a', prediction: 'b', confidence: 1 };
      const address =
        parsed(htmlReport([{ ...runNamed('one'), mistakes: [mistake] }]))
          .querySelector('img')
          ?.getAttribute('src') ?? '';
      return new Uint8Array(Buffer.from(address.replace('data:image/bmp;base64,', ''), 'base64'));
    };
    const file = image(3, [1, 0, 0.2, 0, 0, 2]);
    const view = new DataView(file.buffer);
    expect([file[0], file[1], view.getUint32(2, true), view.getUint32(10, true)]).toEqual([0x42, 0x4d, 62, 54]);
    expect([view.getInt32(18, true), view.getInt32(22, true), view.getUint16(28, true)]).toEqual([2, 1, 24]);
    expect([...file.subarray(54)]).toEqual([51, 0, 255, 255, 0, 0, 0, 0]); // blue, green, red of each pixel, then two bytes of filling
    expect([...image(1, new Uint8Array([7, 200])).subarray(54)]).toEqual([7, 7, 7, 200, 200, 200, 0, 0]);
  });

  test.each([
    'https://example.com/a.png',
    'a.png',
    'data:text/html;base64,AAAA',
    'data:image/svg+xml;base64,AAAA',
    'data:image/png;base64,"',
  ])('refuses the picture %s', (image) => {
    const mistakes = [{ image, label: 'a', prediction: 'b', confidence: 1 }];
    expect(() => htmlReport([{ ...runNamed('one'), mistakes }])).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('A report loads nothing') }),
    );
  });

  test('refuses no runs and pixels that do not fit', () => {
    expect(() => htmlReport([])).toThrow(expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('`runs`') }));
    const mistakes = [{ image: { ...pixels, width: 3 }, label: 'a', prediction: 'b', confidence: 1 }];
    expect(() => htmlReport([{ ...runNamed('one'), mistakes }])).toThrow(
      expect.objectContaining({ code: 'shape-mismatch', message: expect.stringContaining('1 x 3 x 3 numbers, got 6') }),
    );
  });

  test('as a sink holds the readings from before a resume and those after it, each once', async () => {
    const pages: string[] = [];
    const sink = htmlReportSink((page) => void pages.push(page), {
      before: [scalar('loss', 10, 1), scalar('loss', 20, 2)],
      outcome: () => ({ ends: { hash: 'abc' } }),
    });
    await sink.open?.({ name: 'today', settings: {}, resumedAt: 10 });
    await sink.write([scalar('loss', 20, 3)]);
    expect(pages).toEqual([]);
    await sink.close?.();
    const document = parsed(pages[0]!);
    expect(JSON.parse(document.querySelector('#data')?.textContent ?? '').runs[0].lines[0]).toMatchObject({
      steps: [10, 20],
      values: [1, 3],
    });
    expect(document.querySelector('.ends')?.textContent).toContain('abc');
  });
});

describe('the data of the page', () => {
  test.each([
    ['loss', 'loss', ''],
    ['val_loss', 'loss', 'validation'],
    ['val_acc', 'accuracy', 'validation'],
    ['epoch/loss', 'loss', 'train, mean of epoch'],
    ['val_f1/macro', 'f1', 'validation macro'],
    ['gradient norm/0/kernel', 'gradient norm', '0/kernel'],
    ['accumulated', 'accumulated', ''],
  ])('draws %s in the chart %s as "%s"', (name, chart, line) => {
    expect(metricOf(name)).toEqual({ chart, line });
  });

  test('calls a line without a name after its chart, or "train" beside a validation line', () => {
    const { runs } = pageData([
      { run: { name: 'a', settings: {} }, readings: ['loss', 'val_loss', 'rate'].map((name) => scalar(name, 1, Number.NaN)) },
    ]);
    expect(runs[0]?.lines.map(({ line, values }) => [line, values])).toEqual([
      ['train', [null]],
      ['validation', [null]],
      ['rate', [null]],
    ]);
  });

  test('keeps the first, the last, the lowest and the highest of a long line', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ noNaN: true }), { minLength: 1, maxLength: 300 }),
        fc.integer({ min: 4, max: 50 }),
        (values, limit) => {
          const kept = thinned(values, limit);
          const of = kept.map((i) => values[i]!);
          expect(kept.length).toBeLessThanOrEqual(limit);
          expect(kept).toEqual([...new Set(kept)].toSorted((a, b) => a - b));
          expect([of[0], of.at(-1)]).toEqual([values[0], values.at(-1)]);
          expect([Math.min(...of), Math.max(...of)]).toEqual([Math.min(...values), Math.max(...values)]);
        },
      ),
    );
  });
});
