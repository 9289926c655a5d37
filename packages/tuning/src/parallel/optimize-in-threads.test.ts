import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { objective } from '../../test/objectives.ts';
import { found, studied } from '../../test/studied.ts';
import { execArgv } from '../../test/worker-process.ts';
import { fixed } from '../space/fixed.ts';
import { float } from '../space/float.ts';
import { space } from '../space/space.ts';
import { openStudy } from '../study/open-study.ts';
import { optimizeInThreads } from './optimize-in-threads.ts';

const module = fileURLToPath(new URL('../../test/objectives.ts', import.meta.url));

test('a study in threads is the study of one thread, bit for bit', async () => {
  const inTurn = await openStudy(studied);
  await inTurn.optimize(objective, { trials: 4, parallel: 4 });
  const inThreads = await openStudy(studied);
  const view = await optimizeInThreads(inThreads, { module, threads: 2, execArgv, trials: 4 });
  expect(found(view)).toEqual(found(await inTurn.view()));
  expect(view.trials.map(({ state }) => state)).toEqual(Array.from({ length: 4 }, () => 'complete'));
});

test('what is interrupted in a thread goes on where it was', async () => {
  const study = await openStudy(studied);
  const controller = new AbortController();
  const options = { module, threads: 1, execArgv, trials: 1 };
  const stopped = await optimizeInThreads(study, {
    ...options,
    signal: controller.signal,
    onEvent: ({ type }) => type === 'report' && controller.abort(),
  });
  expect(stopped.trials).toMatchObject([{ state: 'waiting', reports: [{ step: 0 }] }]);
  const reported: number[] = [];
  const view = await optimizeInThreads(study, { ...options, onEvent: (event) => event.type === 'report' && reported.push(event.step) });
  const whole = await openStudy(studied);
  expect(found(view)).toEqual(found(await whole.optimize(objective, { trials: 1 })));
  expect(reported).toEqual([1, 2, 3, 4, 5]);
});

test('an objective that does not look at the signal is waited for, and its value taken', async () => {
  const study = await openStudy({ ...studied, space: space({ x: float(0, 10), does: fixed('blocks') }) });
  const controller = new AbortController();
  const onEvent = ({ type }: { type: string }): void => void (type === 'begin' && controller.abort());
  const { trials } = await optimizeInThreads(study, { module, threads: 1, execArgv, trials: 5, signal: controller.signal, onEvent });
  expect(trials).toMatchObject([{ state: 'complete', value: trials[0]!.settings.x }]);
});

test('a module that cannot be imported fails no trial', async () => {
  const study = await openStudy(studied);
  const broken = 'data:text/javascript,throw new SyntaxError("broken")';
  await expect(optimizeInThreads(study, { module: broken, threads: 1, execArgv, trials: 1 })).rejects.toThrow('broken');
  expect((await study.view()).trials).toEqual([]);
});
