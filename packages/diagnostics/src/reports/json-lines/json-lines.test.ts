import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { drive, jsonLines, readJsonLines, type Reading, type RunInfo } from '../../index.ts';
import { jsonLinesFile } from '../../node.ts';

const folder = mkdtempSync(join(tmpdir(), 'json-lines-'));
afterAll(() => rmSync(folder, { recursive: true }));
const run: RunInfo = { name: 'today', settings: { learningRate: 1e-3, layers: [32, 10] } };
const scalar = (step: number, value = 1 / step): Reading => ({ kind: 'scalar', name: 'loss', value, step, epoch: 0 });

const numbers = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Infinity, -Infinity));
const at = { step: fc.nat(), epoch: fc.nat(), name: fc.string() };
const readings: fc.Arbitrary<Reading> = fc.oneof(
  fc.record({ kind: fc.constant('scalar' as const), value: numbers, ...at }),
  fc.record({ kind: fc.constant('scalar' as const), value: numbers, guide: fc.constant(1e-3), ...at }),
  fc.record({ kind: fc.constant('text' as const), text: fc.string({ unit: 'binary' }), ...at }),
  fc.record({ kind: fc.constant('histogram' as const), edges: fc.constant([0, 1, 2]), counts: fc.tuple(fc.nat(), fc.nat()), ...at }),
  fc.record({
    kind: fc.constant('matrix' as const),
    rows: fc.constant(['cat', 'dog']),
    columns: fc.constant(['cat']),
    values: fc.tuple(fc.tuple(numbers), fc.tuple(numbers)),
    ...at,
  }),
);
const positiveZeros = (value: unknown): unknown => JSON.parse(JSON.stringify(value, (_, v) => (typeof v === 'number' ? String(v) : v)));

describe('JSON lines', () => {
  test('any reading is read as it was written, one line each, after the line of the run', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(readings), async (written) => {
        let text = '';
        const sink = jsonLines((lines) => void (text += lines));
        await sink.open?.(run);
        await sink.write(written);
        const read = readJsonLines(text);
        expect(text.split('\n')).toHaveLength(written.length + 2);
        expect({ ...read, readings: positiveZeros(read.readings) }).toEqual({ run, readings: positiveZeros(written), problems: [] });
      }),
    );
  });

  test('a log that is cut short anywhere keeps its whole lines and tells of the cut one', () => {
    let text = '';
    const sink = jsonLines((lines) => void (text += lines));
    void sink.open?.(run);
    void sink.write([scalar(1), scalar(2), { kind: 'text', name: 'doctor', text: 'ä\n"b"', step: 2, epoch: 1 }]);
    for (let cut = 0; cut < text.length; cut++) {
      const kept = text.slice(0, cut);
      const whole = text.slice(0, cut + 1).split('\n').length - 1; // the line break alone may be missing
      const { readings, problems } = readJsonLines(kept, 'a.jsonl');
      expect(readings).toHaveLength(Math.max(0, whole - 1));
      const rest = text.slice(0, cut + 1).endsWith('\n') ? '' : kept.slice(kept.lastIndexOf('\n') + 1);
      expect(problems.map(({ code }) => code)).toEqual(rest === '' ? [] : ['data-invalid']);
      if (rest !== '') expect(problems[0]!.message).toContain(`a.jsonl: line ${whole + 1} must be a reading`);
    }
  });

  test.each([
    '1',
    'null',
    '{"kind":"scalar","name":"loss","value":"high","step":1,"epoch":0}',
    '{"kind":"scalar","name":"loss","value":1,"epoch":0}',
    '{"kind":"scalar","value":1,"step":1,"epoch":0}',
    '{"kind":"text","name":"t","text":1,"step":1,"epoch":0}',
    '{"kind":"picture","name":"t","step":1,"epoch":0}',
    '{"kind":"run","name":"t","settings":3}',
    '{"kind":"histogram","name":"h","edges":[0,1],"counts":[1,2],"step":1,"epoch":0}',
    '{"kind":"histogram","name":"h","edges":[0,null,1],"counts":[1,2],"step":1,"epoch":0}',
    '{"kind":"matrix","name":"m","rows":["a"],"columns":["a","b"],"values":[[1]],"step":1,"epoch":0}',
    '{"kind":"matrix","name":"m","rows":[1],"columns":["a"],"values":[[1]],"step":1,"epoch":0}',
  ])('a line that is no reading is a problem, and the next is read: %s', (line) => {
    const { readings, problems } = readJsonLines(`${line}\n{"kind":"scalar","name":"loss","value":1,"step":1,"epoch":0}\n`);
    expect([readings.length, problems.length]).toEqual([1, 1]);
  });

  test('a resumed run counts no step twice', async () => {
    const path = join(folder, 'new', 'folder', 'resumed.jsonl');
    const first = jsonLinesFile(path);
    await first.open?.(run);
    await first.write([scalar(1), scalar(2), scalar(3, 7)]);
    appendFileSync(path, '{"kind":"scalar","name":"lo'); // killed while it wrote
    const second = jsonLinesFile(path);
    await second.open?.({ ...run, resumedAt: 2 });
    await second.write([scalar(3), scalar(4)]);
    const log = readJsonLines(readFileSync(path, 'utf8'), path);
    expect(log.readings).toEqual([1, 2, 3, 4].map((step) => scalar(step)));
    expect(log.run).toEqual({ ...run, resumedAt: 2 });
    expect(log.problems).toHaveLength(1);
  });

  test('a run that starts anew in the same file counts alone', async () => {
    const path = join(folder, 'anew.jsonl');
    for (const value of [5, 6]) {
      const sink = jsonLinesFile(path);
      await sink.open?.(run);
      await sink.write([scalar(1, value)]);
      await sink.write([]);
    }
    expect(readJsonLines(readFileSync(path, 'utf8')).readings).toEqual([scalar(1, 6)]);
  });

  test('a folder that cannot be made is one problem, told once', async () => {
    const file = join(folder, 'a-file');
    writeFileSync(file, '');
    const problems: string[] = [];
    const driver = drive([jsonLinesFile(join(file, 'readings.jsonl'))], ({ error }) => problems.push(error.message));
    await driver.open(run);
    await driver.write([scalar(1)]);
    await driver.close();
    expect(problems).toEqual([expect.stringMatching(/^\[write-failed\] .*readings\.jsonl: could not open: E(EXIST|NOTDIR)/)]);
  });
});
