import { expect, test } from 'vitest';
import { madeUp } from '../../test/members.ts';
import { reliabilityDiagram, reliabilitySvg } from '../index.ts';

const { members, labels } = madeUp([1], { examples: 400 });
const diagram = reliabilityDiagram(members[0]!, labels);
const numbersOf = (svg: string): number[] => [...svg.matchAll(/(?:^|[\s"(])(-?[\d.]+)(?=[\s")A-Z])/g)].map(([, number]) => Number(number));

test('a reliability diagram is a picture of its own, with its numbers in words', () => {
  const svg = reliabilitySvg(diagram, { title: 'Five members' });
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www.w3.org\/2000\/svg" role="img"/);
  expect(svg).toContain('<title>Five members</title>');
  expect(svg).toContain(`ECE ${(100 * diagram.ece).toFixed(1)} %`);
  expect(svg).toContain(`Of 400 examples ${(100 * diagram.accuracy).toFixed(1)} % are right`);
  expect(svg.replace('http://www.w3.org/2000/svg', '')).not.toMatch(/href|url\(|http|<script|<style/);
  expect(svg.match(/<(\w+)/g)?.length).toBeGreaterThan(30);
  expect(numbersOf(svg).every(Number.isFinite)).toBe(true);
  expect(svg).not.toMatch(/NaN|Infinity|undefined/);
});

test('it has a bar for each bin with examples, as high as its accuracy', () => {
  const sure = reliabilityDiagram(members[0]!, labels, { bins: 1 });
  const svg = reliabilitySvg(sure);
  const bars = [...svg.matchAll(/<rect [^>]*height="([\d.]+)" fill="#0072b2"\/>/g)].map(([, height]) => Number(height));
  expect(bars).toHaveLength(1);
  expect(bars[0]).toBeCloseTo(290 * Math.min(sure.accuracy, sure.confidence), 1);
});

test('a title may hold anything', () => {
  expect(reliabilitySvg(diagram, { title: '<b> & "c"' })).toContain('<title>&lt;b&gt; &amp; &quot;c&quot;</title>');
});

test('its width is what was asked for, and too small a one is refused', () => {
  expect(reliabilitySvg(diagram, { width: 732 })).toContain('width="732"');
  expect(() => reliabilitySvg(diagram, { width: 10 })).toThrow('reliabilitySvg: `width` must be a finite number, at least 160, got 10');
});
