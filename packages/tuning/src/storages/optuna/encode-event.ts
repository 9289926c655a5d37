import type { StudyEvent } from '../study-event.ts';
import { distributionText, internalValue } from './distribution.ts';
import type { Fields } from './fields.ts';
import { localTimeText } from './local-time.ts';
import { DIRECTIONS, OPERATION, STATES } from './operations.ts';
import { pythonJson } from './python-json.ts';

/**
 * An event as a line of Optuna's journal, without its end: the fields that `_write_log` and its callers give it (`storages/_journal/storage.py`).
 *
 * @throws DownhillError `invalid-argument` where a setting is no value of its parameter.
 */
export function encodeEvent(event: StudyEvent): string {
  const { op, ...fields } = entryOf(event);
  return pythonJson({ op_code: op, worker_id: event.worker, ...fields });
}

function entryOf(event: StudyEvent): Fields {
  switch (event.type) {
    case 'study':
      return {
        op: OPERATION.createStudy,
        study_name: event.name,
        directions: Array.from({ length: event.objectives ?? 1 }, () => DIRECTIONS.indexOf(event.direction)),
      };
    case 'study-deleted':
      return { op: OPERATION.deleteStudy, study_id: event.study };
    case 'study-attribute':
      return event.by === 'user'
        ? { op: OPERATION.studyUserAttribute, study_id: event.study, user_attr: { [event.key]: event.value } }
        : { op: OPERATION.studySystemAttribute, study_id: event.study, system_attr: { [event.key]: event.value } };
    case 'trial':
      return { op: OPERATION.createTrial, ...newTrial(event) };
    case 'setting':
      return {
        op: OPERATION.setting,
        trial_id: event.trial,
        param_name: event.name,
        param_value_internal: internalValue(event.name, event.value, event.parameter),
        distribution: distributionText(event.parameter),
      };
    case 'state':
      return {
        op: OPERATION.state,
        trial_id: event.trial,
        state: STATES.indexOf(event.state),
        values: event.value === undefined ? null : [event.value],
        [isEnd(event.state) ? 'datetime_complete' : 'datetime_start']: localTimeText(event.at),
      };
    case 'report':
      return { op: OPERATION.report, trial_id: event.trial, step: event.step, intermediate_value: event.value };
    case 'trial-attribute':
      return event.by === 'user'
        ? { op: OPERATION.trialUserAttribute, trial_id: event.trial, user_attr: { [event.key]: event.value } }
        : { op: OPERATION.trialSystemAttribute, trial_id: event.trial, system_attr: { [event.key]: event.value } };
    default:
      return event satisfies never;
  }
}

/** Whether a trial has ended in this state. */
const isEnd = (state: string): boolean => state !== 'running' && state !== 'waiting';

/** `create_new_trial`: a plain running trial has nothing but its start, any other all the fields of a template. */
function newTrial(event: Extract<StudyEvent, { type: 'trial' }>): Fields {
  const { study, state, at, settings = {}, parameters = {}, reports = [], attributes = {}, systemAttributes = {}, value, endedAt } = event;
  const begin = { study_id: study, datetime_start: at === undefined ? null : localTimeText(at) };
  const plain = ['settings', 'reports', 'attributes', 'systemAttributes', 'value', 'endedAt'].every((name) => !(name in event));
  if (plain && state === 'running') return begin;
  const given = Object.entries(parameters).filter(([name]) => Object.hasOwn(settings, name));
  return {
    ...begin,
    state: STATES.indexOf(state),
    value: value ?? null,
    values: null,
    ...(endedAt === undefined ? {} : { datetime_complete: localTimeText(endedAt) }),
    distributions: Object.fromEntries(given.map(([name, parameter]) => [name, distributionText(parameter)])),
    params: Object.fromEntries(given.map(([name, parameter]) => [name, internalValue(name, settings[name], parameter)])),
    user_attrs: attributes,
    system_attrs: systemAttributes,
    intermediate_values: Object.fromEntries(reports.map((report) => [report.step, report.value])),
  };
}
