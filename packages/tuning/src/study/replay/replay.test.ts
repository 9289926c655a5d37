import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { bestTrial, float, replay, space, type StudyEvent } from '../../index.ts';
import { freezeTrial } from './freeze-trial.ts';

const { x } = space({ x: float(0, 1) }).parameters;
const by = <Event extends object>(worker: string, event: Event) => ({ worker, ...event }) as unknown as StudyEvent;
const study = by('a', { type: 'study', name: 's', direction: 'minimize' });
const begun = (worker = 'a', systemAttributes = {}) => by(worker, { type: 'trial', study: 0, state: 'running', at: 1, systemAttributes });
const enqueued = by('a', { type: 'trial', study: 0, state: 'waiting' });
const state = (worker: string, to: string, value?: number) =>
  by(worker, { type: 'state', trial: 0, state: to, at: 2, ...(value === undefined ? {} : { value }) });

const after = (...events: StudyEvent[]) => replay([study, ...events]);

describe('replay', () => {
  test('takes the first study of a name', () => {
    const { studies } = after(
      by('b', { type: 'study', name: 's', direction: 'maximize' }),
      by('b', { type: 'study', name: 't', direction: 'maximize' }),
    );
    expect(studies.map(({ id, name, direction }) => [id, name, direction])).toEqual([
      [0, 's', 'minimize'],
      [1, 't', 'maximize'],
    ]);
  });

  test('numbers trials in their study, and over all studies', () => {
    const other = by('a', { type: 'study', name: 't', direction: 'minimize' });
    const { trials } = after(other, begun(), by('a', { type: 'trial', study: 1, state: 'running' }), begun());
    expect(trials.map(({ id, study: of, number }) => [id, of, number])).toEqual([
      [0, 0, 0],
      [1, 1, 0],
      [2, 0, 1],
    ]);
  });

  test('takes nothing of a study or a trial that is not there', () => {
    const { studies, trials } = after(
      by('a', { type: 'trial', study: 7, state: 'running' }),
      by('a', { type: 'study-attribute', study: 7, by: 'user', key: 'k', value: 1 }),
      by('a', { type: 'report', trial: 3, step: 0, value: 1 }),
    );
    expect([studies.length, trials.length]).toEqual([1, 0]);
  });

  test('takes nothing of a trial that has ended', () => {
    const late = [
      state('b', 'failed'),
      state('a', 'running'),
      by('a', { type: 'report', trial: 0, step: 1, value: 9 }),
      by('a', { type: 'setting', trial: 0, name: 'x', value: 0.5, parameter: x }),
      by('a', { type: 'trial-attribute', trial: 0, by: 'user', key: 'k', value: 1 }),
    ];
    const ended = after(begun(), state('a', 'complete', 4)).trials[0];
    expect(after(begun(), state('a', 'complete', 4), ...late).trials[0]).toEqual(ended);
    expect(ended).toMatchObject({ state: 'complete', value: 4, endedAt: 2 });
  });

  test('gives a waiting trial to the first that runs it', () => {
    expect(after(enqueued, state('b', 'running'), state('c', 'running')).trials[0]).toMatchObject({ state: 'running', owner: 'b' });
  });

  test('lets only its owner make a running trial wait, or who has noted that the owner is lost', () => {
    const lost = (worker: string) => [
      by(worker, { type: 'trial-attribute', trial: 0, by: 'system', key: 'downhill:lost', value: 'a' }),
      state(worker, 'waiting'),
    ];
    expect(after(begun('a'), state('a', 'waiting')).trials[0]?.state).toBe('waiting');
    expect(after(begun('a'), state('b', 'waiting')).trials[0]?.state).toBe('running');
    expect(after(begun('a'), ...lost('b')).trials[0]?.state).toBe('waiting');
    expect(after(begun('a'), ...lost('b'), state('b', 'running'), ...lost('c')).trials[0]).toMatchObject({ state: 'running', owner: 'b' });
  });

  test('lets one trial go on from another, the first that says so', () => {
    const { trials } = after(begun(), begun('a', { 'downhill:continues': 0 }), begun('b', { 'downhill:continues': 0 }));
    expect(trials.map(({ continues }) => continues)).toEqual([undefined, 0, undefined]);
  });

  test('counts the repeats of a trial', () => {
    const again = (of: number) => begun('a', { 'downhill:repeats': of });
    expect(after(begun(), again(0), begun(), again(2), again(0)).trials.map(({ repeats, repeat }) => [repeats, repeat])).toEqual([
      [undefined, 0],
      [0, 1],
      [undefined, 0],
      [2, 1],
      [0, 2],
    ]);
  });

  test('keeps reports by rising step, the last of each', () => {
    const report = (step: number, value: number) => by('a', { type: 'report', trial: 0, step, value });
    expect(after(begun(), report(5, 1), report(2, 2), report(9, 3), report(5, 4)).trials[0]?.reports).toEqual([
      { step: 2, value: 2 },
      { step: 5, value: 4 },
      { step: 9, value: 3 },
    ]);
  });

  test('takes a setting only of the kind that the parameter had before', () => {
    const setting = (trial: number, parameter: object) => by('a', { type: 'setting', trial, name: 'x', value: 0.5, parameter });
    const { trials } = after(
      begun(),
      begun(),
      begun(),
      setting(0, x),
      setting(1, { ...x, high: 9 }),
      setting(2, { ...x, log: true }),
      setting(2, { kind: 'categorical', choices: [0.5] }),
    );
    expect(trials.map(({ settings }) => settings)).toEqual([{ x: 0.5 }, { x: 0.5 }, {}]);
  });

  const anyEvent = fc.oneof(
    fc.constant(begun()),
    fc.nat(4).map((n) => begun('b', { 'downhill:continues': n })),
    fc.nat(4).map((n) => begun('b', { 'downhill:repeats': n })),
    fc
      .record({
        trial: fc.nat(6),
        state: fc.constantFrom('waiting', 'running', 'complete', 'pruned', 'failed'),
        value: fc.nat(3),
        at: fc.nat(9),
      })
      .map((fields) => by('a', { type: 'state', ...fields })),
    fc.record({ trial: fc.nat(6), step: fc.nat(3), value: fc.nat(3) }).map((fields) => by('a', { type: 'report', ...fields })),
  );

  test('comes to the same in one go as in several, and says which trials changed', () =>
    fc.assert(
      fc.property(fc.array(anyEvent, { maxLength: 40 }), fc.nat(40), (events, cut) => {
        const whole = replay([study, ...events]);
        const parts = replay(events.slice(cut), replay([study, ...events.slice(0, cut)]));
        expect(parts).toEqual(whole);
        expect(new Set(whole.studies[0]?.changed)).toEqual(new Set(whole.trials.map(({ id }) => id)));
      }),
    ));

  const goesOnFromNone = (event: StudyEvent) => !('systemAttributes' in event && 'downhill:continues' in (event.systemAttributes ?? {}));

  test.each(['minimize', 'maximize'] as const)('knows the best trial as bestTrial does, to %s', (direction) =>
    fc.assert(
      fc.property(fc.array(anyEvent.filter(goesOnFromNone), { maxLength: 60 }), (events) => {
        const { studies, trials } = replay([{ ...study, direction } as StudyEvent, ...events]);
        const view = { name: 's', direction, seed: 0, space: space({ x }), trials: trials.map(freezeTrial) as never };
        expect(studies[0]?.best).toBe(bestTrial(view)?.number);
      }),
    ),
  );
});
