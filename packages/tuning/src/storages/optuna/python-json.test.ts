import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parsePythonJson, pythonJson } from './python-json.ts';

const words = ['NaN', 'Infinity', '-Infinity', '"NaN"', 'n', 'sn', '\\', '\\"', '1e999', '__proto__'];
const text = fc.oneof(fc.constantFrom(...words), fc.string({ unit: 'binary' }));
const number = fc.double();
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    text,
    number,
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('tree')),
    fc.dictionary(text, tie('tree'), { noNullPrototype: true }),
  ),
}));

describe('JSON as Python writes it', () => {
  test('comes back as it was, with numbers that are not finite and texts that look like them', () => {
    fc.assert(
      fc.property(tree, (value) => {
        expect(parsePythonJson(pythonJson(value))).toEqual(value);
      }),
    );
  });

  test('is read with the spaces that Python puts into it', () => {
    const written = '{"a": [NaN, -Infinity, Infinity, "NaN", -1.5e-07], "Infinity": "\\"NaN, ", "b": {"NaN": null}}';
    const read = { a: [Number.NaN, -Infinity, Infinity, 'NaN', -1.5e-7], Infinity: '"NaN, ', b: { NaN: null } };
    expect(parsePythonJson(written)).toEqual(read);
  });

  test.each(['NaNa', '{"a": NaN', '-NaN', 'Infinity 1', '{NaN: 1}', 'aNaN'])('is not %s', (written) => {
    expect(() => parsePythonJson(written)).toThrow(SyntaxError);
  });

  test('leaves out what is undefined, and asks an object how it is written', () => {
    const written = pythonJson({ a: undefined, rule: { toJSON: () => ({ name: 'tpe' }) }, list: [undefined] });
    expect(written).toBe('{"rule":{"name":"tpe"},"list":[null]}');
  });
});
