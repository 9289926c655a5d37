import { readFileSync } from 'node:fs';
import { FINDINGS } from '@downhill/diagnostics';
import { describe, expect, test } from 'vitest';
import { presets, raceOf } from './race/presets.ts';
import { writeRace } from './race/race-address.ts';
import { readCourse } from './schedules/course-address.ts';
import { readAddress, writeAddress, type Address } from './shell/address.ts';
import { VIEWS } from './shell/views.ts';

const PAGE = 'http://localhost:4173/';
const text = readFileSync(`${import.meta.dirname}/../../../../docs/lecture.md`, 'utf8');

/** A slide's line, or that of a few slides together. */
interface Line {
  readonly slides: readonly number[];
  readonly links: readonly string[];
}

const lines: readonly Line[] = [...text.matchAll(/^\| (\d+)(?: (?:to|and) (\d+))? \|(.*)\|$/gm)].map(
  ([, first, last = first, cells = '']) => ({
    slides: Array.from({ length: Number(last) - Number(first) + 1 }, (_, i) => Number(first) + i),
    links: [...cells.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link),
  }),
);

const demoLinks = ({ links }: Line): readonly string[] =>
  links.filter((link) => link.startsWith(PAGE)).map((link) => link.slice(PAGE.length));
const addresses: readonly Address[] = lines.flatMap(demoLinks).map(readAddress);

describe('the lecture, line by line', () => {
  test('has a line for each slide, in their order', () => {
    expect(lines.flatMap(({ slides }) => slides)).toEqual(Array.from({ length: 63 }, (_, i) => i + 1));
  });

  test('says of each line where it lives in the code', () => {
    expect(lines.filter(({ links }) => !links.some((link) => /^\.\.\/(?:packages|apps|tooling)\//.test(link)))).toEqual([]);
  });

  test('leads to views that there are', () => {
    const known = new Set(VIEWS.map(({ id }) => id));
    expect([...new Set(addresses.map(({ view }) => view))].filter((view) => !known.has(view))).toEqual([]);
  });

  test.each(presets())('leads to the race of slide $slide', (preset) => {
    const line = lines.find(({ slides }) => slides.includes(preset.slide));
    expect(line && demoLinks(line)).toContain(writeAddress({ view: 'race', query: writeRace(raceOf(preset)) }));
  });

  test('leads to races that are presets, to schedules and symptoms that there are', () => {
    const races = presets().map((preset) => writeRace(raceOf(preset)).toString());
    const problems = addresses.flatMap(({ view, query }) => {
      if (view === 'race') return races.includes(query.toString()) ? [] : [`no preset: ${query.toString()}`];
      if (view === 'schedules') return readCourse(query).problems;
      const symptom = query.get('symptom');
      return symptom === null || (FINDINGS as readonly string[]).includes(symptom) ? [] : [`no symptom: ${symptom}`];
    });
    expect(problems).toEqual([]);
  });
});
