import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { drive } from '../../index.ts';
import { htmlReportFile, jsonLinesFile, readRuns, saveOutcome } from '../../node.ts';
import { htmlReport } from '../../report.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'run-folder-'))));
afterEach(() => rmSync(folder, { recursive: true }));

const train = async (name: string): Promise<void> => {
  const sink = jsonLinesFile(join(folder, name, 'readings.jsonl'));
  await sink.open?.({ name, settings: { seed: 1 } });
  await sink.write([{ kind: 'scalar', name: 'loss', value: 2, step: 1, epoch: 0 }]);
};

test('what a run came to is read as it was saved, pictures in it', async () => {
  await train('b');
  await train('a');
  const outcome = { findings: [{ summary: 'healthy', advice: 'go on' }], ends: { 'test accuracy': 0.9 } };
  const image = { width: 1, height: 1, channels: 1, pixels: [0.5] } as const;
  saveOutcome(join(folder, 'a'), { ...outcome, mistakes: [{ image, label: 'cat', prediction: 'dog', confidence: 0.99 }] });
  const { runs, problems } = readRuns(folder);
  expect(problems).toEqual([]);
  expect(runs.map(({ run }) => run)).toEqual([
    { name: 'a', settings: { seed: 1 } },
    { name: 'b', settings: { seed: 1 } },
  ]);
  expect(runs[0]).toMatchObject({ ...outcome, mistakes: [{ label: 'cat', image: expect.stringMatching(/^data:image\/bmp;base64,/) }] });
  expect(htmlReport(runs)).toContain('cat, taken for dog');
});

test('a result without an outcome gives its numbers and words', async () => {
  await train('a');
  writeFileSync(join(folder, 'a', 'result.json'), JSON.stringify({ accuracy: 0.98, hash: 'abc', confusion: [[1]], times: { data: 1 } }));
  expect(readRuns(folder).runs[0]?.ends).toEqual({ accuracy: 0.98, hash: 'abc' });
  writeFileSync(join(folder, 'a', 'result.json'), 'null');
  expect(readRuns(folder).runs[0]?.ends).toEqual({});
  writeFileSync(join(folder, 'a', 'result.json'), '{"accu');
  expect(readRuns(folder).runs[0]?.ends).toEqual({});
});

test.each([
  '{"findings":[{"summ',
  '[]',
  '{"findings":[3]}',
  '{"findings":[{"advice":"x"}]}',
  '{"mistakes":[{"image":"http://x","label":"a","prediction":"b","confidence":1}]}',
  '{"mistakes":[{"image":"data:image/png;base64,\\"","label":"a","prediction":"b","confidence":1}]}',
  '{"mistakes":[0]}',
  '{"ends":[1]}',
])('an outcome that is none is told, and the run is there without it: %s', async (text) => {
  await train('a');
  writeFileSync(join(folder, 'a', 'outcome.json'), text);
  const { runs, problems } = readRuns(folder);
  expect(problems.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^\[data-invalid\] .*outcome\.json: the file is no outcome/),
  ]);
  expect(htmlReport(runs)).toContain('<!doctype html>');
});

test('a file without a run line has the name of its folder', () => {
  mkdirSync(join(folder, 'bare'));
  writeFileSync(join(folder, 'bare', 'readings.jsonl'), '');
  expect(readRuns(folder).runs.map(({ run }) => run.name)).toEqual(['bare']);
  expect(readRuns(join(folder, 'bare')).runs.map(({ run }) => run.name)).toEqual(['bare']);
});

test('a report is written into its folder when the run ends, and a folder that cannot be made is told', async () => {
  const path = join(folder, 'new', 'report.html');
  const problems: string[] = [];
  writeFileSync(join(folder, 'file'), '');
  const driver = drive([htmlReportFile(path), htmlReportFile(join(folder, 'file', 'report.html'))], ({ error }) =>
    problems.push(error.code),
  );
  await driver.open({ name: 'today', settings: {} });
  await driver.close();
  await train('new');
  expect(readRuns(folder).runs).toHaveLength(1);
  expect(problems).toEqual(['write-failed']);
});
