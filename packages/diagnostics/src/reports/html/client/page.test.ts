import { Window, type HTMLElement } from 'happy-dom';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Reading } from '../../../index.ts';
import { htmlReport, type ReportRun } from '../../../report.ts';
import { matches } from './filter.ts';
import { joined, lastOfEach } from './joined.ts';
import { quantityText } from './quantity-text.ts';
import { smoothed } from './smoothed.ts';

const runNamed = (name: string, seed: number): ReportRun => ({
  run: { name, settings: { seed } },
  readings: [1, 2, 3, 4].flatMap((step): Reading[] => {
    const at = { step: step * 10, epoch: step };
    return [
      { kind: 'scalar', name: 'loss', value: 8 / step + seed, ...at },
      { kind: 'scalar', name: 'val_loss', value: 9 / step + seed, ...at },
      { kind: 'scalar', name: 'update ratio/0/kernel', value: 1e-3, guide: 1e-3, ...at },
      { kind: 'histogram', name: 'weights', edges: [0, 1, 2], counts: [step, 4], ...at },
    ];
  }),
});

// happy-dom draws nothing: a canvas that takes every call stands in.
const canvas = new Proxy(
  {},
  { get: (target: Record<string, unknown>, key: string) => target[key] ?? (() => ({ width: 1 })), set: () => true },
);

describe('the page', () => {
  let window: Window;
  const errors: unknown[] = [];
  const open = (runs: readonly ReportRun[]) => {
    window.document.write(htmlReport(runs));
    return window.document;
  };
  const click = (element: HTMLElement | null | undefined) => element?.click();
  const set = (selector: string, value: string, event: string) => {
    const input = window.document.querySelector(selector) as unknown as { value: string; dispatchEvent(event: unknown): void };
    input.value = value;
    input.dispatchEvent(new window.Event(event));
  };
  beforeEach(() => {
    window = new Window({ settings: { enableJavaScriptEvaluation: true, suppressInsecureJavaScriptEnvironmentWarning: true } });
    errors.length = 0;
    window.addEventListener('error', (event) => errors.push((event as unknown as { error: unknown }).error));
    Object.assign(window, {
      Path2D: class {
        [key: string]: unknown;
        moveTo() {}
        lineTo() {}
        rect() {}
        arc() {}
        closePath() {}
        addPath() {}
        bezierCurveTo() {}
      },
    });
    window.HTMLCanvasElement.prototype.getContext = (() => canvas) as never;
  });
  afterEach(async () => {
    expect(errors).toEqual([]);
    await window.happyDOM.close();
  });
  const titles = () =>
    [...window.document.querySelectorAll('#grid .card')]
      .filter((card) => !(card as HTMLElement).hidden)
      .map((card) => card.querySelector('h3')?.textContent);
  const legend = (chart: number) =>
    [...(window.document.querySelectorAll('#grid .legend')[chart]?.querySelectorAll('button') ?? [])].map(({ textContent }) => textContent);

  test('of one run draws a chart a metric, with its lines and their last values', () => {
    const document = open([runNamed('a', 0)]);
    expect(titles()).toEqual(['loss', 'update ratio']);
    expect(legend(0)).toEqual(['train2', 'validation2.25']);
    expect(document.querySelector('#grid .plot')?.getAttribute('aria-label')).toBe(
      'loss: train goes from 8 to 2, lowest 2, highest 8; validation goes from 9 to 2.25, lowest 2.25, highest 9.',
    );
    expect(document.querySelectorAll('.histograms .card')).toHaveLength(1);
  });

  test('smooths, and goes over epochs, and hides a line', () => {
    const document = open([runNamed('a', 0)]);
    set('#smoothing', '0.5', 'input');
    expect(legend(0)[0]).toBe(`train${Number(smoothed([8, 4, 8 / 3, 2], 0.5)[3]!.toPrecision(4))}`);
    set('#across', 'epochs', 'change');
    click(document.querySelector('#grid .legend button') as unknown as HTMLElement);
    expect(document.querySelector('#grid .legend button')?.getAttribute('aria-pressed')).toBe('false');
    click(document.querySelector('#grid .log') as unknown as HTMLElement);
    expect(document.querySelector('#grid .log')?.getAttribute('aria-pressed')).toBe('true');
  });

  test('goes through the themes', () => {
    const document = open([runNamed('a', 0)]);
    const button = document.querySelector('#theme') as unknown as HTMLElement;
    const seen = [1, 2, 3].map(() => {
      click(button);
      return document.documentElement.dataset['theme'];
    });
    expect(seen).toEqual(['light', 'dark', undefined]);
    window.dispatchEvent(new window.Event('beforeprint'));
    expect(document.documentElement.dataset['theme']).toBe('light');
    window.dispatchEvent(new window.Event('afterprint'));
    expect(document.documentElement.dataset['theme']).toBe(undefined);
  });

  test('of many runs filters, sorts, hides and singles out', () => {
    const document = open([runNamed('adam', 1), runNamed('lion', 5), runNamed('adamw', 3)]);
    const rows = () => [...document.querySelectorAll('#runs tbody tr')] as unknown as HTMLElement[];
    const shown = () =>
      rows()
        .filter((row) => !row.hidden)
        .map((row) => row.querySelector('.name')?.textContent);
    expect(legend(0)).toEqual(['adam3.25', 'lion7.25', 'adamw5.25']);
    set('#filter', 'adam seed>1', 'input');
    expect([shown(), legend(0)]).toEqual([['adamw'], ['adamw5.25']]);
    set('#filter', '', 'input');
    const heads = [...document.querySelectorAll('#runs thead th')];
    const seed = heads.find(({ textContent }) => textContent === 'seed')?.querySelector('button') as unknown as HTMLElement;
    click(seed);
    expect(shown()).toEqual(['adam', 'adamw', 'lion']);
    click(seed);
    expect(shown()).toEqual(['lion', 'adamw', 'adam']);
    click(rows()[0]?.querySelector('.name') as unknown as HTMLElement);
    expect(legend(0)).toEqual(['lion7.25']);
    expect([...document.querySelectorAll('.details')].map((details) => (details as unknown as HTMLElement).hidden)).toEqual([
      true,
      false,
      true,
    ]);
    expect(document.querySelector('#shown')?.textContent).toBe('1 of 3 shown');
    click(document.querySelector('#none') as unknown as HTMLElement);
    expect(titles()).toEqual([]);
    click(document.querySelector('#all') as unknown as HTMLElement);
    expect(titles()).toEqual(['loss', 'update ratio']);
    rows()[0]?.dispatchEvent(new window.Event('mouseenter'));
    rows()[0]?.dispatchEvent(new window.Event('mouseleave'));
    set('#grid select', 'train', 'change');
    expect(legend(0)).toEqual(['adam3', 'lion7', 'adamw5']);
    set('#run', '2', 'change');
    expect([...document.querySelectorAll('.details')].map((details) => (details as unknown as HTMLElement).hidden)).toEqual([
      true,
      true,
      false,
    ]);
  });
});

test('a smoothed line lies between its values, begins with the first of them, and with weight 0 is the line', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -100, max: 100, noNaN: true }), { minLength: 1 }),
      fc.double({ min: 0, max: 0.99, noNaN: true }),
      (values, weight) => {
        const result = smoothed(values, weight);
        expect(result[0]).toBeCloseTo(values[0]!, 9);
        for (const [i, value] of result.entries()) {
          const before = values.slice(0, i + 1);
          expect(value).toBeGreaterThanOrEqual(Math.min(...before) - 1e-9);
          expect(value).toBeLessThanOrEqual(Math.max(...before) + 1e-9);
        }
        smoothed(values, 0).forEach((value, i) => expect(value).toBeCloseTo(values[i]!, 12));
      },
    ),
  );
  expect(smoothed([1, null, 3], 0.5)).toEqual([1, null, (0.5 * 3 + 0.25 * 1) / 0.75]);
});

test('curves are joined over the places of all, with gaps told from places that a curve has not', () => {
  expect(
    joined([
      { x: [1, 3], y: [10, null] },
      { x: [2], y: [20] },
    ]),
  ).toEqual([
    [1, 2, 3],
    [10, undefined, null],
    [undefined, 20, undefined],
  ]);
  expect(lastOfEach([1, 1, 0], [5, 6, 7])).toEqual({ x: [0, 1], y: [7, 6] });
});

test.each([
  ['', true],
  ['ADAM cosine', true],
  ['lion', false],
  ['validation loss<0.3', true],
  ['validation loss < 0.2', false],
  ['cosine validation loss<=0.25 seed=7', true],
  ['seed>=7 seed>7', false],
  ['optimizer=Adam', true],
  ['optimizer=lion', false],
  ['optimizer>3', false],
  ['nothing>3', false],
  ['empty=3', false],
])('the filter "%s" fits a row: %s', (query, fits) => {
  const cells: Readonly<Record<string, string>> = { 'validation loss': '0.25', seed: '7', optimizer: 'adam', empty: '' };
  expect(matches(query, { text: 'adam cosine 0.25 7', cell: (column) => cells[column] })).toBe(fits);
});

test.each([
  ['heap bytes', 16_777_216, '16.78 MB'],
  ['tensor bytes', 999, '999 B'],
  ['tensor bytes', 0, '0 B'],
  ['bytes', 1e3, '1 kB'],
  ['bytes', 3e15, '3000 TB'],
  ['megabytes', 2e4, '20000'],
  ['loss', 16_777_216, '1.678e7'],
])('a value of %s, %d, is shown as %s', (name, value, text) => {
  expect(quantityText(name, value)).toBe(text);
});
