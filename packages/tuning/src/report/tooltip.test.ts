import { expect, test } from 'vitest';
import { studyOf } from '../../test/picture-studies.ts';
import { pictureData } from './picture-data.ts';
import { LIGHT } from './theme.ts';
import { lastEntry, tooltipLook } from './tooltip.ts';

const study = studyOf(3);
const [first] = study.trials;

test('a tooltip tells the settings and the value of its trial', () => {
  const tooltip = tooltipLook(pictureData(study), LIGHT, lastEntry) as { formatter(part: { value: readonly unknown[] }): string };
  const lines = tooltip.formatter({ value: [0.5, 0.25, 0] }).split('<br>');
  expect(lines[0]).toBe('<b>Trial 0</b>, complete');
  expect(lines[1]).toMatch(/^value: 0\.\d+$/);
  expect(lines.slice(2).map((line) => line.split(':')[0])).toEqual(Object.keys(first?.settings ?? {}));
});

test('names, choices and errors in a tooltip are text', () => {
  const evil = '<img src=x onerror=alert(1)>';
  const trials = [{ ...first!, state: 'failed' as const, settings: { [evil]: evil }, error: evil }];
  const tooltip = tooltipLook(pictureData({ ...study, trials }), LIGHT, lastEntry) as {
    formatter(part: { value: readonly unknown[] }): string;
  };
  const text = tooltip.formatter({ value: [0] });
  expect(text).not.toContain('<img');
  expect(text.match(/&lt;img/g)).toHaveLength(3);
});
