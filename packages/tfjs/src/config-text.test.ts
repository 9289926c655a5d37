import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromConfigText, toConfigText } from './config-text.ts';

/** What tfjs-layers 4.22 does to a string of an optimizer's config when it saves a model, and when it loads it again. */
function savedAndLoaded(text: string): string {
  const snake = text
    .replace(/(.)([A-Z][a-z0-9]+)/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
  return snake.length <= 1 || !snake.includes('_') ? snake : snake.replace(/[_]+(\w|$)/g, (_, letter: string) => letter.toUpperCase());
}

describe('the text of a config', () => {
  test('is lost on tfjs-layers when it is plain JSON', () => {
    expect(savedAndLoaded(JSON.stringify({ names: ['fc/Kernel_1'] }))).not.toBe(JSON.stringify({ names: ['fc/Kernel_1'] }));
  });

  test('comes back whole from a model that was saved and loaded', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(fromConfigText(savedAndLoaded(toConfigText(value)))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('can be read by a person', () => {
    expect(toConfigText({ name: 'adamw', config: { beta1: 0.9 } })).toBe('{"name":"adamw","config":{"beta1":0.9}}');
  });
});
