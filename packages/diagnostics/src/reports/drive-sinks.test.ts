import { isDownhillError } from '@downhill/core';
import { describe, expect, test, vi } from 'vitest';
import { callbackSink, drive, loggerSink, type Reading, type Sink, type SinkProblem } from '../index.ts';

const scalar = (step: number): Reading => ({ kind: 'scalar', name: 'loss', value: 1 / step, step, epoch: 0 });
const run = { name: 'today', settings: {} };
const refusing = (refused: 'open' | 'write' | 'close'): Sink => {
  const call = (during: string) => async () => {
    if (during === refused) throw new Error('EACCES: permission denied');
  };
  return { kind: 'sink', name: 'a folder', open: call('open'), write: call('write'), close: call('close') };
};

describe('driving sinks', () => {
  test.each(['open', 'write', 'close'] as const)('a sink that fails to %s is told once, and the others get everything', async (refused) => {
    const problems: SinkProblem[] = [];
    const steps: number[] = [];
    const driver = drive([refusing(refused), callbackSink(({ step }) => void steps.push(step))], (problem) => problems.push(problem));
    await driver.open(run);
    await driver.write([scalar(1), scalar(2)]);
    await driver.write([scalar(3)]);
    await driver.close();
    expect(steps).toEqual([1, 2, 3]);
    expect(problems.map(({ during }) => during)).toEqual([refused]);
    expect(isDownhillError(problems[0]!.error)).toBe(true);
    expect(problems[0]!.error.message).toBe(`[write-failed] a folder: could not ${refused}: EACCES: permission denied.`);
  });

  test('warns on the console where nobody listens, or where the listener throws', async () => {
    const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
    await drive([refusing('open')]).open(run);
    await drive([refusing('open')], () => {
      throw new Error('listener');
    }).open(run);
    expect(warned.mock.calls.map(([text]) => String(text))).toEqual([
      expect.stringContaining('permission denied'),
      expect.stringContaining('permission denied'),
    ]);
    warned.mockRestore();
  });

  test('calls of which nobody waits reach a slow sink in their order', async () => {
    const seen: string[] = [];
    const slow = callbackSink(
      async ({ step }) => {
        await new Promise((resolve) => setTimeout(resolve, step === 1 ? 20 : 0));
        seen.push(`step ${step}`);
      },
      { onOpen: ({ name }) => void seen.push(name), onClose: () => void seen.push('closed') },
    );
    const driver = drive([slow]);
    void driver.open(run);
    void driver.write([scalar(1)]);
    void driver.write([scalar(2)]);
    await driver.close();
    expect(seen).toEqual(['today', 'step 1', 'step 2', 'closed']);
  });

  test('a sink that did not open is written to no more; one that failed to write is tried again', async () => {
    const calls: string[] = [];
    const watched = (fails: string, at: number): Sink => {
      let writes = 0;
      return {
        kind: 'sink',
        name: fails,
        open: () => {
          if (fails === 'open') throw new Error('no');
        },
        write: () => {
          if (++writes === at) throw new Error('full');
          calls.push(`${fails} ${writes}`);
        },
      };
    };
    const driver = drive([watched('open', 0), watched('write', 1)], () => {});
    await driver.open(run);
    await driver.write([scalar(1)]);
    await driver.write([scalar(2)]);
    expect(calls).toEqual(['write 2']);
  });

  test('after the end nothing reaches a sink', async () => {
    const steps: number[] = [];
    const driver = drive([callbackSink(({ step }) => void steps.push(step))]);
    await driver.close();
    await driver.write([scalar(1)]);
    expect(steps).toEqual([]);
  });
});

test('a logger gets the scalars by name, value and step, and nothing else', async () => {
  const lines: unknown[][] = [];
  const sink = loggerSink((...line) => void lines.push(line));
  await sink.write([scalar(4), { kind: 'text', name: 'doctor', text: 'well', step: 4, epoch: 1 }]);
  expect(lines).toEqual([['loss', 0.25, 4]]);
});
