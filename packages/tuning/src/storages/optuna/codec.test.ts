import type { Parameter } from '@downhill/core';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { StudyEvent } from '../study-event.ts';
import { lastStep } from './decimal-steps.ts';
import { decodeEntry } from './decode-entry.ts';
import { distributionText, parameterOf } from './distribution.ts';
import { encodeEvent } from './encode-event.ts';
import { localTime, localTimeText } from './local-time.ts';

const count = fc.nat({ max: 1_000_000 });
const name = fc.string({ unit: 'binary' });
const time = fc.integer({ min: 0, max: 4_000_000_000_000 }).filter((at) => localTime(localTimeText(at)) === at); // a clock set back shows an hour twice
const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const json = fc.jsonValue({ noUnicodeString: false }) as fc.Arbitrary<never>;
const by = fc.constantFrom('user' as const, 'system' as const);
const number = fc.double();

const float = fc.tuple(finite, finite, fc.boolean()).map(([low, high, log]) => ({ kind: 'float', low, high, log }) as const);
const stepped = fc
  .tuple(fc.integer({ min: -1000, max: 1000 }), fc.integer({ min: 1, max: 50 }), fc.nat({ max: 50 }))
  .map(([low, step, steps]) => ({ kind: 'int', low, high: low + step * steps, log: false, step }) as const);
const choice = fc.oneof(fc.string(), finite, fc.boolean(), fc.constant(null));
const categorical = fc.uniqueArray(choice, { minLength: 1 }).map((choices) => ({ kind: 'categorical', choices }) as const);

const valued = fc.oneof(
  fc.tuple(float, finite),
  fc.tuple(stepped, fc.integer()),
  categorical.chain((parameter) => fc.tuple(fc.constant(parameter), fc.constantFrom(...parameter.choices))),
);
const settings = fc.dictionary(name, valued, { noNullPrototype: true }).map((given) => ({
  settings: Object.fromEntries(Object.entries(given).map(([key, [, value]]) => [key, value])),
  parameters: Object.fromEntries(Object.entries(given).map(([key, [parameter]]) => [key, parameter])),
}));
const reports = fc
  .uniqueArray(count)
  .chain((steps) => fc.tuple(...steps.toSorted((a, b) => a - b).map((step) => number.map((value) => ({ step, value })))));
const attributes = fc.dictionary(name, json, { noNullPrototype: true });

const template = fc
  .tuple(
    settings,
    reports,
    fc.record({ attributes, systemAttributes: attributes }),
    fc.record({ value: number, endedAt: time, at: time }, { requiredKeys: [] }),
  )
  .chain(([given, list, notes, ends]) =>
    fc
      .constantFrom('running', 'complete', 'pruned', 'failed', 'waiting')
      .map((state) => ({ state, ...given, reports: list, ...notes, ...ends })),
  );

const event = fc
  .tuple(
    name,
    fc.oneof(
      fc.record({ type: fc.constant('study'), name, direction: fc.constantFrom('minimize', 'maximize') }),
      fc.record({ type: fc.constant('study-deleted'), study: count }),
      fc.record({ type: fc.constant('study-attribute'), study: count, by, key: name, value: json }),
      fc.record({ type: fc.constant('trial'), study: count, state: fc.constant('running'), at: time }),
      fc.tuple(template, count).map(([given, study]) => ({ type: 'trial', study, ...given })),
      fc.tuple(valued, name, count).map(([[parameter, value], key, trial]) => ({ type: 'setting', trial, name: key, value, parameter })),
      fc.record(
        {
          type: fc.constant('state'),
          trial: count,
          state: fc.constantFrom('running', 'complete', 'pruned', 'failed', 'waiting'),
          value: number,
          at: time,
        },
        { requiredKeys: ['type', 'trial', 'state', 'at'] },
      ),
      fc.record({ type: fc.constant('report'), trial: count, step: count, value: number }),
      fc.record({ type: fc.constant('trial-attribute'), trial: count, by, key: name, value: json }),
    ),
  )
  .map(([worker, rest]) => ({ worker, ...rest }) as unknown as StudyEvent);

const line = (op: number, fields: object): string => JSON.stringify({ op_code: op, worker_id: 'w', ...fields });

describe('Optuna’s journal', () => {
  test('gives an event back as it was', () => {
    fc.assert(
      fc.property(event, (given) => {
        expect(decodeEntry(encodeEvent(given))).toEqual(given);
      }),
      { numRuns: 500 },
    );
  });

  test('has one line for an event', () => {
    fc.assert(
      fc.property(event, (given) => {
        expect(encodeEvent(given)).not.toMatch(/[\n\r]/);
      }),
    );
  });

  test('has the fields that Optuna 3.1 writes', () => {
    const at = new Date(2024, 0, 31, 9, 5, 7, 42).getTime();
    const worker = 'w';
    const parameter = { kind: 'int', low: 1, high: 8, log: false, step: 2 } as const;
    const written = [
      { worker, type: 'study', name: 's', direction: 'maximize' },
      { worker, type: 'trial', study: 0, state: 'running', at },
      { worker, type: 'setting', trial: 0, name: 'x', value: 3, parameter },
      { worker, type: 'setting', trial: 0, name: 'kind', value: 'adam', parameter: { kind: 'fixed', value: 'adam' } },
      { worker, type: 'report', trial: 0, step: 1, value: Number.NaN },
      { worker, type: 'state', trial: 0, state: 'failed', at },
    ] as const;
    expect(written.map(encodeEvent)).toEqual([
      '{"op_code":0,"worker_id":"w","study_name":"s","directions":[2]}',
      '{"op_code":4,"worker_id":"w","study_id":0,"datetime_start":"2024-01-31T09:05:07.042000"}',
      String.raw`{"op_code":5,"worker_id":"w","trial_id":0,"param_name":"x","param_value_internal":3,"distribution":"{\"name\":\"IntDistribution\",\"attributes\":{\"log\":false,\"step\":2,\"low\":1,\"high\":7}}"}`,
      String.raw`{"op_code":5,"worker_id":"w","trial_id":0,"param_name":"kind","param_value_internal":0,"distribution":"{\"name\":\"CategoricalDistribution\",\"attributes\":{\"choices\":[\"adam\"]}}"}`,
      '{"op_code":7,"worker_id":"w","trial_id":0,"step":1,"intermediate_value":NaN}',
      '{"op_code":6,"worker_id":"w","trial_id":0,"state":3,"values":null,"datetime_complete":"2024-01-31T09:05:07.042000"}',
    ]);
  });

  test.each<[string, object, Parameter]>([
    ['UniformDistribution', { low: 0, high: 1 }, { kind: 'float', low: 0, high: 1, log: false }],
    ['LogUniformDistribution', { low: 0.1, high: 1 }, { kind: 'float', low: 0.1, high: 1, log: true }],
    ['DiscreteUniformDistribution', { low: 0, high: 1, q: 0.25 }, { kind: 'float', low: 0, high: 1, log: false, step: 0.25 }],
    ['IntUniformDistribution', { low: 0, high: 8, step: 2 }, { kind: 'int', low: 0, high: 8, log: false, step: 2 }],
    ['IntLogUniformDistribution', { low: 1, high: 8, step: 1 }, { kind: 'int', low: 1, high: 8, log: true, step: 1 }],
  ])('is read where an older Optuna wrote %s', (kind, attributes, parameter) => {
    expect(parameterOf(JSON.stringify({ name: kind, attributes }))).toEqual(parameter);
  });

  test('reads a study of several objectives as one that has several, and no value of its trials', () => {
    expect(decodeEntry(line(0, { study_name: 's', directions: [1, 2] }))).toMatchObject({ direction: 'minimize', objectives: 2 });
    expect(
      decodeEntry(line(6, { trial_id: 0, state: 1, values: [1, 2], datetime_complete: '2024-01-31T09:05:07.042000' })),
    ).not.toHaveProperty('value');
  });

  test('passes over fields that it does not know', () => {
    expect(decodeEntry(line(7, { trial_id: 0, step: 1, intermediate_value: 2, later: true }))).toEqual(
      decodeEntry(line(7, { trial_id: 0, step: 1, intermediate_value: 2 })),
    );
  });

  test.each([
    ['no JSON', 'hello', 'data-invalid'],
    ['a list', '[]', 'data-invalid'],
    ['an entry without its operation', '{"worker_id":"w"}', 'data-invalid'],
    ['a trial that is no number', line(7, { trial_id: '0', step: 0, intermediate_value: 1 }), 'data-invalid'],
    ['a value that is a text', line(7, { trial_id: 0, step: 0, intermediate_value: '1' }), 'data-invalid'],
    [
      'a choice that is not there',
      line(5, { trial_id: 0, param_name: 'x', param_value_internal: 1, distribution: distributionText({ kind: 'fixed', value: 1 }) }),
      'data-invalid',
    ],
    ['two notes at once', line(8, { trial_id: 0, user_attr: { a: 1, b: 2 } }), 'data-invalid'],
    ['a time that is none', line(4, { study_id: 0, datetime_start: 'noon' }), 'data-invalid'],
    ['an operation of a later version', line(10, {}), 'unsupported'],
    ['a state of a later version', line(6, { trial_id: 0, state: 5, values: null }), 'unsupported'],
    [
      'a distribution of a later version',
      line(5, { trial_id: 0, param_name: 'x', param_value_internal: 1, distribution: '{"name":"Beta","attributes":{}}' }),
      'unsupported',
    ],
  ])('refuses %s', (_, text, code) => {
    expect(() => decodeEntry(text)).toThrow(expect.objectContaining({ code }));
  });

  test('does not write a setting that its parameter cannot have', () => {
    const parameter = { kind: 'categorical', choices: ['a', 'b'] } as const;
    expect(() => encodeEvent({ worker: 'w', type: 'setting', trial: 0, name: 'kind', value: 'c', parameter })).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining('"c"') }),
    );
  });

  test.each([
    [0, 1, 0.3, 0.9],
    [0.1, 0.7, 0.2, 0.7],
    [-1, 1, 0.4, 1],
    [0, 1e-6, 3e-7, 9e-7],
    [5, 5, 10, 5],
    [0, 1e21, 7e20, 7e20],
    [-7, 8, 4, 5],
  ])('counts from %d to at most %d by %d up to %d, in decimal digits', (low, high, step, last) => {
    expect(lastStep(low, high, step)).toBe(last);
  });
});
