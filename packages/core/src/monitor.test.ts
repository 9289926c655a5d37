import { describe, expect, test } from 'vitest';
import { checkMonitored, monitorDirection, monitored } from './monitor.ts';
import { numberFromJson, numberToJson } from './number-json.ts';

describe('monitorDirection', () => {
  test.each([
    ['val_loss', 'min'],
    ['meanSquaredError', 'min'],
    ['val_accuracy', 'max'],
    ['F1', 'max'],
  ])('%s is better the other way round than its opposite: %s', (monitor, direction) => {
    expect(monitorDirection('hook', { monitor, mode: 'auto' })).toBe(direction);
  });

  test('is what was said, whatever the name', () => {
    expect(monitorDirection('hook', { monitor: 'val_loss', mode: 'max' })).toBe('max');
  });

  test('asks for a word where the name has none, and refuses what is no name or no word', () => {
    expect(() => monitorDirection('hook', { monitor: 'score', mode: 'auto' })).toThrow("hook: `mode` must be 'min' or 'max'");
    expect(() => monitorDirection('hook', { monitor: 3 as never, mode: 'auto' })).toThrow('`monitor` must be the name of a metric, got 3');
    expect(() => monitorDirection('hook', { monitor: 'loss', mode: 'up' as never })).toThrow('`mode` must be one of');
  });
});

describe('monitored', () => {
  test('is the number of that name, NaN included', () => {
    expect(monitored('hook', 'loss', { loss: Number.NaN, accuracy: 1 })).toBeNaN();
    expect(monitored('hook', 'accuracy', { loss: 0, accuracy: 1 })).toBe(1);
  });

  test('says what there is where there is no such number, and what brings one', () => {
    expect(() => checkMonitored('hook', 'los', ['loss', 'accuracy'])).toThrow(
      "`monitor` is 'los', but the metrics of the run are loss, accuracy. Name one",
    );
    expect(() => monitored('hook', 'val_loss', { loss: 1 })).toThrow(
      'Those of the validation are there where the run has validation data.',
    );
  });
});

test.each([0.1, -0, null, Infinity, -Infinity, Number.NaN])('the number %s survives JSON', (value) => {
  expect(numberFromJson(JSON.parse(JSON.stringify(numberToJson(value))))).toBe(value === 0 ? 0 : value);
});
