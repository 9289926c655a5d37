import type { StudyEvent } from '../../storages/study-event.ts';
import { isBetter } from '../../view/trials.ts';
import { deeplyFrozen } from './deeply-frozen.ts';
import { keys } from './keys.ts';
import { isSameKind } from './same-kind.ts';
import { hasEnded, type Replay, type StoredStudy, type StoredTrial } from './stored.ts';

type Of<Type extends StudyEvent['type']> = Extract<StudyEvent, { type: Type }>;

interface Growing extends Replay {
  readonly studies: StoredStudy[];
  readonly trials: StoredTrial[];
}

/**
 * What events say, or what more of them add to an earlier answer, which then grows in place.
 *
 * The rules are those of Optuna's `JournalStorageReplayResult`: a study of a name that is there is not taken, nor is anything of a study or trial
 * that is not, or that has ended; of several that begin to run a waiting trial, the first has it. Two rules are Downhill's: of trials that would
 * go on from the same one, only the first does; and only its owner makes a running trial wait again, or whoever noted that this owner is lost.
 *
 * @example
 * const storage = memoryStorage();
 * await openStudy({ storage, name: 'rates', space: space({ rate: float(0, 1) }), seed: 3 });
 * replay(await storage.read(0)).studies[0].system.get('downhill:seed'); // 3
 */
export function replay(events: readonly StudyEvent[], onto: Replay = { studies: [], trials: [] }): Replay {
  const state = onto as Growing;
  for (const event of events) apply(state, event);
  return onto;
}

function apply(state: Growing, event: StudyEvent): void {
  switch (event.type) {
    case 'study':
      return addStudy(state, event);
    case 'study-deleted':
      return deleteStudy(state, event);
    case 'study-attribute':
      return noteOfStudy(state, event);
    case 'trial':
      return addTrial(state, event);
    case 'setting':
    case 'state':
    case 'report':
    case 'trial-attribute':
      return changeTrial(state, event);
    default:
      event satisfies never;
  }
}

function addStudy({ studies }: Growing, { name, direction, objectives = 1 }: Of<'study'>): void {
  if (studies.some((study) => study.name === name && !study.isDeleted)) return;
  studies.push({
    id: studies.length,
    name,
    direction,
    objectives,
    isDeleted: false,
    attributes: new Map(),
    system: new Map(),
    trials: [],
    open: new Set(),
    parameters: new Map(),
    continued: new Map(),
    repeated: new Map(),
    best: undefined,
    changed: [],
  });
}

function deleteStudy({ studies }: Growing, { study: id }: Of<'study-deleted'>): void {
  const study = studies[id];
  if (study !== undefined) study.isDeleted = true;
}

/** The study of that number, unless it was never made or is deleted. */
const present = ({ studies }: Growing, id: number): StoredStudy | undefined => {
  const study = studies[id];
  return study?.isDeleted === true ? undefined : study;
};

function noteOfStudy(state: Growing, { study: id, by, key, value }: Of<'study-attribute'>): void {
  const study = present(state, id);
  if (study === undefined) return;
  const notes = by === 'user' ? study.attributes : study.system;
  if (by === 'system' && (key === keys.space || key === keys.seed) && notes.has(key)) return;
  notes.set(key, value);
}

function addTrial(state: Growing, event: Of<'trial'>): void {
  const study = present(state, event.study);
  if (study === undefined) return;
  const trial: StoredTrial = {
    id: state.trials.length,
    study: study.id,
    number: study.trials.length,
    state: event.state,
    owner: event.worker,
    settings: event.settings ?? {},
    reports: deeplyFrozen([...(event.reports ?? [])].sort((a, b) => a.step - b.step)),
    attributes: deeplyFrozen(event.attributes ?? {}),
    system: {},
    repeat: 0,
    ...(event.value === undefined ? {} : { value: event.value }),
    ...(event.at === undefined ? {} : { startedAt: event.at }),
    ...(event.endedAt === undefined ? {} : { endedAt: event.endedAt }),
  };
  study.trials.push(trial.id);
  for (const [name, parameter] of Object.entries(event.parameters ?? {}))
    if (!study.parameters.has(name)) study.parameters.set(name, parameter);
  put(
    state,
    study,
    Object.entries(event.systemAttributes ?? {}).reduce((noted, [key, value]) => noteOfTrial(study, noted, key, value), trial),
  );
}

type Change = Of<'setting'> | Of<'state'> | Of<'report'> | Of<'trial-attribute'>;

function changeTrial(state: Growing, event: Change): void {
  const trial = state.trials[event.trial];
  const study = trial === undefined ? undefined : state.studies[trial.study];
  if (trial === undefined || study === undefined || hasEnded(trial)) return;
  const changed = changedBy(study, trial, event);
  if (changed !== trial) put(state, study, changed);
}

function changedBy(study: StoredStudy, trial: StoredTrial, event: Change): StoredTrial {
  switch (event.type) {
    case 'setting':
      return withSetting(study, trial, event);
    case 'state':
      return withState(trial, event);
    case 'report': {
      const others = trial.reports.filter(({ step }) => step !== event.step);
      const after = others.findIndex(({ step }) => step > event.step);
      const report = Object.freeze({ step: event.step, value: event.value });
      return { ...trial, reports: after === -1 ? [...others, report] : others.toSpliced(after, 0, report) };
    }
    case 'trial-attribute':
      return event.by === 'system'
        ? noteOfTrial(study, trial, event.key, event.value)
        : { ...trial, attributes: { ...trial.attributes, [event.key]: deeplyFrozen(event.value) } };
    default:
      return event satisfies never;
  }
}

function withSetting(study: StoredStudy, trial: StoredTrial, { name, value, parameter }: Of<'setting'>): StoredTrial {
  const before = study.parameters.get(name);
  if (before !== undefined && !isSameKind(before, parameter)) return trial;
  if (before === undefined) study.parameters.set(name, parameter);
  return { ...trial, settings: { ...trial.settings, [name]: value } };
}

function withState(trial: StoredTrial, { worker, state, value, at }: Of<'state'>): StoredTrial {
  if (state === 'running') return trial.state === 'running' ? trial : { ...trial, state, owner: worker, startedAt: at };
  if (state === 'waiting') {
    const mayWait = trial.state === 'running' && (trial.owner === worker || trial.system[keys.lost] === trial.owner);
    return mayWait ? { ...trial, state } : trial;
  }
  return { ...trial, state, owner: worker, endedAt: at, ...(value === undefined ? {} : { value }) };
}

function noteOfTrial(study: StoredStudy, trial: StoredTrial, key: string, value: StoredTrial['system'][string]): StoredTrial {
  const noted: StoredTrial = { ...trial, system: { ...trial.system, [key]: value } };
  if (typeof value !== 'number') return noted;
  if (key === keys.continues && !study.continued.has(value)) {
    study.continued.set(value, trial.number);
    return { ...noted, continues: value };
  }
  if (key === keys.repeats && trial.repeats === undefined) {
    const repeat = (study.repeated.get(value) ?? 0) + 1;
    study.repeated.set(value, repeat);
    return { ...noted, repeats: value, repeat };
  }
  return noted;
}

function put({ trials }: Growing, study: StoredStudy, trial: StoredTrial): void {
  trials[trial.id] = trial;
  study.changed.push(trial.id);
  if (!hasEnded(trial)) {
    study.open.add(trial.id);
    return;
  }
  study.open.delete(trial.id);
  if (trial.state !== 'complete' || trial.value === undefined || trial.repeat > 0) return;
  const best = study.best === undefined ? undefined : trials[study.best];
  if (best?.value === undefined || isBetter(study.direction, trial.value, best.value)) study.best = trial.id;
  else if (trial.value === best.value && trial.number < best.number) study.best = trial.id;
}
