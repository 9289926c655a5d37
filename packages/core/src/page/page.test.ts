import { expect, test } from 'vitest';
import { escaped, numberText, page } from '../page.ts';

test.each([
  [0, '0'],
  [0.1 + 0.2, '0.3'],
  [1e-3, '0.001'],
  [3e-4, '3e-4'],
  [123456, '1.235e5'],
  [1e6, '1e6'],
  [12345, '12350'],
  [Number.NaN, 'NaN'],
  [-0.00012346, '-1.235e-4'],
])('the number %f is short as %s', (value, text) => {
  expect(numberText(value)).toBe(text);
});

test('text is escaped for content and attributes, without the signs that XML forbids', () => {
  expect(escaped(`<a title="b" id='c'>&\u0000\u001b`)).toBe('&lt;a title=&quot;b&quot; id=&#39;c&#39;&gt;&amp;');
});

test('a page has no script but its own, whose data cannot end their element', () => {
  const read = page({ title: '<b>', style: 'p{}', main: '<p>a</p>' });
  expect(read).toContain('<title>&lt;b&gt;</title>');
  expect(read).toContain(`content="default-src 'none'; style-src 'unsafe-inline'; img-src data:"`);
  expect(read).not.toMatch(/<script|<button/);
  const text = page({ title: 'a', style: '', main: '', script: { code: 'go()', hash: 'sha256-x', data: { name: '</script>' } } });
  expect(text).toContain(String.raw`id="data">{"name":"\u003c/script>"}</script>`);
  expect(text).toContain('<button type="button" id="theme"');
  expect(text).toContain(`content="default-src 'none'; script-src 'sha256-x'; style-src 'unsafe-inline'; img-src data:"`);
});
