import { Window } from 'happy-dom';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartSink, chartSvg, terminalChart, type Reading } from '../../index.ts';
import { linearAxis, logAxis } from './axis.ts';
import { colourOf } from '@downhill/core/page';

const parsed = (svg: string) => new new Window().DOMParser().parseFromString(svg, 'image/svg+xml');
const yOf = (path: string): number[] => [...path.matchAll(/[ML][\d.]+,(-?[\d.]+)/g)].map(([, y]) => Number(y));

describe('an axis', () => {
  test.each([
    [[0, 1], 5, [0, 0.2, 0.4, 0.6, 0.8, 1]],
    [[0.13, 2.3], 4, [0, 1, 2, 3]],
    [[3, 3], 2, [2.5, 3, 3.5]],
    [[0], 2, [-1, 0, 1]],
    [[], 2, [0, 0.5, 1]],
    [[-70, 1900], 4, [-500, 0, 500, 1000, 1500, 2000]],
  ])('of %o has round ticks', (values, count, ticks) => {
    expect(linearAxis(values, count).ticks).toEqual(ticks);
  });

  test.each([
    [[0.002, 30], 5, [0.001, 0.01, 0.1, 1, 10, 100]],
    [[1], 5, [1, 10]],
    [[1e-9, 1e9], 4, [1e-9, 1e-4, 10, 1e6]],
  ])('of powers of ten of %o has powers as ticks', (values, count, ticks) => {
    expect(logAxis(values, count).ticks).toEqual(ticks);
  });

  test('holds all its values', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), { minLength: 1 }),
        fc.integer({ min: 1, max: 12 }),
        (values, count) => {
          for (const axis of [linearAxis, logAxis]) {
            const { shareOf } = axis(values, count);
            for (const value of values) expect(shareOf(value)).toSatisfy((share: number) => share >= -1e-9 && share <= 1 + 1e-9);
          }
        },
      ),
    );
  });
});

test('a hundred lines have a hundred colours', () => {
  const colours = Array.from({ length: 100 }, (_, i) => colourOf(i));
  expect(new Set(colours).size).toBe(100);
  expect(colours[0]).toBe('#3b82d6');
  for (const colour of colours) expect(colour).toMatch(/^(?:#[\da-f]{6}|hsl\(\d+ 55% 50%\))$/);
});

describe('a chart as SVG', () => {
  test('has a line per series, higher on the page where the value is higher', () => {
    const page = parsed(
      chartSvg([
        { name: 'falls', y: [3, 2, 1] },
        { name: 'rises', y: [1, 3], x: [1, 3], dashed: true },
      ]),
    );
    const [falls = '', rises = ''] = [...page.querySelectorAll('path.line')].slice(-2).map((path) => path.getAttribute('d') ?? '');
    expect(yOf(falls)).toEqual(yOf(falls).toSorted((a, b) => a - b));
    expect(yOf(falls)).toHaveLength(3);
    expect(yOf(rises)).toEqual([yOf(falls)[2], yOf(falls)[0]]);
  });

  test('escapes what it is given', () => {
    const evil = '<script>alert("1")</script>&\u0000';
    const svg = chartSvg([{ name: evil, y: [1] }], { title: evil, xLabel: evil, yLabel: evil, guides: [{ y: 1, label: evil }] });
    expect(svg).not.toContain('<script');
    expect(
      [...parsed(svg).querySelectorAll('text')].filter(({ textContent }) => textContent === '<script>alert("1")</script>&'),
    ).toHaveLength(5);
  });

  test('leaves gaps where there is no finite value, and a dot for a value alone', () => {
    const page = parsed(chartSvg([{ name: 'loss', y: [1, 2, Number.NaN, 3, null, 4, 5] }]));
    expect([...page.querySelectorAll('path.line')].at(-1)?.getAttribute('d')?.match(/M/g)).toHaveLength(3);
    expect(page.querySelectorAll('circle')).toHaveLength(1);
  });

  test('on a logarithmic axis places a tenth as far below one as one below ten, and leaves out zero', () => {
    const page = parsed(chartSvg([{ name: 'ratio', y: [10, 1, 0.1, 0] }], { logY: true, guides: [{ y: 1e-3, label: 'guide' }] }));
    const [a = 0, b = 0, c = 0] = yOf([...page.querySelectorAll('path.line')].at(-1)?.getAttribute('d') ?? '');
    expect(b - a).toBeCloseTo(c - b, 1);
    expect(page.querySelectorAll('path.guide')).toHaveLength(1);
  });

  test('ends where the data ends, with a tick on each round number before', () => {
    const page = parsed(chartSvg([{ name: 'loss', y: Array.from({ length: 31 }, (_, i) => i) }]));
    const line = [...page.querySelectorAll('path.line')].at(-1)?.getAttribute('d') ?? '';
    const places = [...line.matchAll(/[ML]([\d.]+),/g)].map(([, x]) => Number(x));
    expect([places[0], places.at(-1)]).toEqual([64, 640 - 16]);
    const ticks = [...page.querySelectorAll('text[text-anchor=middle]')].map(({ textContent }) => textContent);
    expect(ticks).toEqual(['5', '10', '15', '20', '25', '30']);
  });

  test('cuts off what is above the most that it shows', () => {
    const page = parsed(chartSvg([{ name: 'loss', y: [1, 2, 1e9] }], { most: 3 }));
    const ticks = [...page.querySelectorAll('text[text-anchor=end]')].map(({ textContent }) => Number(textContent));
    expect(Math.max(...ticks.filter(Number.isFinite))).toBe(3);
    const [one = 0, two = 0, beyond = 0] = yOf([...page.querySelectorAll('path.line')].at(-1)?.getAttribute('d') ?? '');
    const [, top = 0] = (page.querySelector('svg svg')?.getAttribute('viewBox') ?? '').split(' ').map(Number);
    expect(one - two).toBeGreaterThan(80);
    expect(beyond).toBeLessThan(top);
  });

  test('names places, on the side that has room', () => {
    const marks = [
      { x: 2, label: 'here: 2' },
      { x: 10, label: 'there: 10' },
    ];
    const page = parsed(chartSvg([{ name: 'loss', y: Array.from({ length: 10 }, (_, i) => i) }], { marks }));
    const [here, there] = marks.map(({ label }) => [...page.querySelectorAll('text')].find(({ textContent }) => textContent === label));
    expect([here?.getAttribute('text-anchor'), there?.getAttribute('text-anchor')]).toEqual(['start', 'end']);
    expect(Number(there?.getAttribute('y')) - Number(here?.getAttribute('y'))).toBeGreaterThanOrEqual(14);
    expect(page.querySelectorAll('path.guide')).toHaveLength(2);
  });

  test('draws a faint line behind the others', () => {
    const page = parsed(
      chartSvg([
        { name: 'smoothed', y: [2, 1] },
        { name: 'raw', y: [3, 1], faint: true },
      ]),
    );
    const strokes = [...page.querySelectorAll('svg svg path.line')].map((path) => path.getAttribute('stroke'));
    expect(strokes).toEqual([colourOf(1), colourOf(0)]);
    expect(page.querySelectorAll('svg svg g[opacity] path.line')).toHaveLength(1);
  });

  test('says where there is nothing to draw', () => {
    expect(chartSvg([{ name: 'loss', y: [Number.NaN, null] }])).toContain('no finite values');
    expect(chartSvg([])).toContain('no finite values');
  });

  test('breaks a long legend into rows', () => {
    const names = Array.from({ length: 20 }, (_, i) => ({ name: `tensor number ${i}`, y: [i] }));
    const page = parsed(chartSvg(names));
    const ends = [...page.querySelectorAll('text')].filter(({ textContent }) => textContent?.startsWith('tensor'));
    expect(Math.max(...ends.map((text) => Number(text.getAttribute('x'))))).toBeLessThan(600);
  });
});

describe('a chart in the terminal', () => {
  test('looks like this', () => {
    const chart = terminalChart(
      [
        { name: 'train', y: [2.3, 1.2, 0.7, 0.5, 0.4, 0.35] },
        { name: 'validation', y: [2.3, 1.3, 0.9, 0.8, 0.85, 0.95] },
      ],
      { title: 'loss', width: 40, height: 8 },
    );
    expect(`\n${chart}\n`).toMatchInlineSnapshot(`
      "
         loss
      3 ┤
        │⡀
      2 ┤⠈⠲⢄⡀
        │   ⠙⠲⣄
        │     ⠈⠙⢦⣤⣄⣀
      1 ┤         ⠉⠒⠫⠵⣒⡢⠤⠤⠤⠤⠤⢄⣀⣀⣀⣀⡠⠤⠤⠤⠤⠤⠤⠤⠤⠔⠒■
        │              ⠈⠉⠉⠑⠒⠒⠒⠤⠤⠤⠤⠤⠤⣀⣀⣀⣀⣀⣀⣀⣀⣀●
      0 ┤
        └─────────────────────────────────────
         1                                   6
         ● train   ■ validation
      "
    `);
  });

  test('is as wide and as high as asked for', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.option(fc.double(), { nil: null }))),
        fc.integer({ min: 24, max: 120 }),
        fc.integer({ min: 2, max: 30 }),
        fc.boolean(),
        (lines, width, height, logY) => {
          const rows = terminalChart(
            lines.map((y, i) => ({ name: String(i), y })),
            { width, height, logY },
          ).split('\n');
          expect(rows).toHaveLength(height + 3);
          expect(Math.max(...rows.slice(0, -1).map(({ length }) => length))).toBeLessThanOrEqual(width);
        },
      ),
    );
  });

  test('has colours only where asked for', () => {
    const series = [{ name: 'loss', y: [1, 2] }];
    expect(terminalChart(series)).not.toContain('\u001b');
    const coloured = terminalChart(series, { colour: true });
    expect(coloured).toContain('\u001b[34m● loss\u001b[0m');
    // oxlint-disable-next-line no-control-regex
    expect(coloured.replaceAll(/\u001b\[\d+m/g, '')).toBe(terminalChart(series));
  });
});

test.each([[[0, -5e-324]], [[1e308, -1e308, 1e308]], [[5e-324, 1e308]], [[1, 1 + 2 ** -52]]])(
  'numbers as extreme as %o are drawn in no time',
  (y) => {
    for (const logY of [false, true]) {
      expect(terminalChart([{ name: 'a', y }], { logY })).not.toContain('NaN');
      expect(chartSvg([{ name: 'a', y }], { logY })).not.toMatch(/NaN|Infinity/);
    }
  },
);

test('a sink hands over a chart at a time when the run ends: training and validation in one', async () => {
  const drawn: unknown[] = [];
  const scalar = (name: string, step: number, value: number): Reading => ({ kind: 'scalar', name, value, step, epoch: 0 });
  const sink = chartSink((title, series) => void drawn.push([title, series]), { charts: ['rate', 'loss', 'missing'] });
  await sink.open?.({ name: 'today', settings: {} });
  await sink.write([scalar('loss', 1, 3), scalar('val_loss', 2, 2), scalar('other', 1, 1)]);
  await sink.write([scalar('loss', 3, 1), scalar('rate', 3, 0.1)]);
  expect(drawn).toEqual([]);
  await sink.close?.();
  expect(drawn).toEqual([
    ['rate', [{ name: 'rate', x: [3], y: [0.1] }]],
    [
      'loss',
      [
        { name: 'train', x: [1, 3], y: [3, 1] },
        { name: 'validation', x: [2], y: [2] },
      ],
    ],
  ]);
});

test('a logarithmic horizontal axis sets decades evenly apart, in a terminal too', () => {
  const series = [{ name: 'a', x: [0.001, 0.01, 0.1, 0], y: [0, 1, 0, 1] }];
  const peak = (logX: boolean): number => {
    const [top = ''] = terminalChart(series, { logX, width: 60, height: 8 }).split('\n');
    return top.split(/[┤│]/)[1]!.search(/[^ \u2800]/);
  };
  expect(peak(false)).toBeLessThan(10);
  expect(Math.abs(peak(true) - 28)).toBeLessThan(6);
});

test.each([chartSvg, terminalChart])('%o refuses series whose lengths differ and sizes that hold nothing', (chart) => {
  expect(() => chart([{ name: 'loss', x: [1], y: [1, 2] }])).toThrow(
    expect.objectContaining({
      code: 'shape-mismatch',
      message: expect.stringContaining('series "loss" must have as many x as y, got 1 and 2'),
    }),
  );
  expect(() => chart([], { width: 3 })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
  expect(() => chart([], { height: 1 })).toThrow(expect.objectContaining({ code: 'invalid-argument' }));
});
