import { show, type Json, type Parameter } from '@downhill/core';
import type { AttributeKind, StudyEvent } from '../study-event.ts';
import { parameterOf, settingOf } from './distribution.ts';
import { asNumber, countIn, fieldsIn, fieldsOf, numberIn, refuse, refuseUnknown, textIn, type Fields } from './fields.ts';
import { localTime } from './local-time.ts';
import { DIRECTIONS, OPERATION, STATES } from './operations.ts';
import { parsePythonJson } from './python-json.ts';

type EventOf<Type extends StudyEvent['type']> = Extract<StudyEvent, { type: Type }>;

/**
 * The event of a line of Optuna's journal, written here or by Optuna 3.1 to 4. What is more in it than known is passed over. A value of a study
 * with several objectives is left out.
 *
 * @throws DownhillError `data-invalid` where it is no entry of a journal, `unsupported` for an operation or a distribution of a later Optuna.
 */
export function decodeEntry(line: string): StudyEvent {
  const entry = fieldsOf('the line', parse(line));
  const operation = countIn(entry, 'op_code');
  const worker = textIn(entry, 'worker_id');
  switch (operation) {
    case OPERATION.createStudy:
      return newStudy(entry, worker);
    case OPERATION.deleteStudy:
      return { worker, type: 'study-deleted', study: countIn(entry, 'study_id') };
    case OPERATION.studyUserAttribute:
      return studyAttribute(entry, worker, 'user');
    case OPERATION.studySystemAttribute:
      return studyAttribute(entry, worker, 'system');
    case OPERATION.createTrial:
      return newTrial(entry, worker);
    case OPERATION.setting:
      return setting(entry, worker);
    case OPERATION.state:
      return state(entry, worker);
    case OPERATION.report: {
      const report = { step: stepIn(entry), value: numberIn(entry, 'intermediate_value') };
      return { worker, type: 'report', trial: countIn(entry, 'trial_id'), ...report };
    }
    case OPERATION.trialUserAttribute:
      return trialAttribute(entry, worker, 'user');
    case OPERATION.trialSystemAttribute:
      return trialAttribute(entry, worker, 'system');
    default:
      return refuseUnknown(`the operation ${operation} is not known`);
  }
}

function parse(line: string): unknown {
  try {
    return parsePythonJson(line);
  } catch {
    return refuse('the line is no JSON');
  }
}

function newStudy(entry: Fields, worker: string): EventOf<'study'> {
  const codes = entry['directions'];
  const [first, ...more] = Array.isArray(codes) ? codes.map((code: unknown) => DIRECTIONS[Number(code)]) : [];
  if (first === undefined) return refuse(`\`directions\` must be a list of 1 and 2, got ${show(codes)}`);
  const study = { worker, type: 'study', name: textIn(entry, 'study_name'), direction: first } as const;
  return more.length === 0 ? study : { ...study, objectives: more.length + 1 };
}

function newTrial(entry: Fields, worker: string): EventOf<'trial'> {
  const at = timeIn(entry, 'datetime_start');
  const begin = { worker, type: 'trial', study: countIn(entry, 'study_id'), ...(at === undefined ? {} : { at }) } as const;
  if (entry['state'] === undefined) return { ...begin, state: 'running' };
  const parameters = mapFields(fieldsIn(entry, 'distributions'), (text) => parameterOf(text));
  const settings = mapFields(fieldsIn(entry, 'params'), (internal, name) =>
    settingOf(name, asNumber(name, internal), parameters[name] ?? refuse(`there is no distribution of \`${name}\``)),
  );
  const reports = Object.entries(fieldsIn(entry, 'intermediate_values') ?? {}).map(([step, value]) => ({
    step: stepIn({ step: Number(step) }),
    value: asNumber('intermediate_values', value),
  }));
  const value = valueOf(entry['value'] ?? entry['values']);
  const endedAt = timeIn(entry, 'datetime_complete');
  return {
    ...begin,
    state: stateIn(entry),
    settings,
    parameters,
    reports,
    attributes: (fieldsIn(entry, 'user_attrs') ?? {}) as Record<string, Json>,
    systemAttributes: (fieldsIn(entry, 'system_attrs') ?? {}) as Record<string, Json>,
    ...(value === undefined ? {} : { value }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

function setting(entry: Fields, worker: string): EventOf<'setting'> {
  const name = textIn(entry, 'param_name');
  const parameter: Parameter = parameterOf(entry['distribution']);
  const value = settingOf(name, numberIn(entry, 'param_value_internal'), parameter);
  return { worker, type: 'setting', trial: countIn(entry, 'trial_id'), name, value, parameter };
}

/** Optuna does not note when a trial was told to wait: then `at` is 0. */
function state(entry: Fields, worker: string): EventOf<'state'> {
  const value = valueOf(entry['values']);
  const at = timeIn(entry, 'datetime_complete') ?? timeIn(entry, 'datetime_start') ?? 0;
  return { worker, type: 'state', trial: countIn(entry, 'trial_id'), state: stateIn(entry), ...(value === undefined ? {} : { value }), at };
}

const studyAttribute = (entry: Fields, worker: string, by: AttributeKind): EventOf<'study-attribute'> => ({
  ...{ worker, type: 'study-attribute', study: countIn(entry, 'study_id'), by },
  ...attributeIn(entry, by),
});

const trialAttribute = (entry: Fields, worker: string, by: AttributeKind): EventOf<'trial-attribute'> => ({
  ...{ worker, type: 'trial-attribute', trial: countIn(entry, 'trial_id'), by },
  ...attributeIn(entry, by),
});

function attributeIn(entry: Fields, by: AttributeKind): { readonly key: string; readonly value: Json } {
  const members = Object.entries(fieldsOf(`${by}_attr`, entry[`${by}_attr`]));
  const [member] = members;
  if (member === undefined || members.length > 1) return refuse(`\`${by}_attr\` must have one name, got ${members.length}`);
  return { key: member[0], value: member[1] as Json };
}

const stateIn = (entry: Fields): EventOf<'state'>['state'] =>
  STATES[countIn(entry, 'state')] ?? refuseUnknown(`the state ${show(entry['state'])} is not known`);

/** Optuna takes negative steps, which say nothing here but are no damage. */
const stepIn = (entry: Fields): number => Math.trunc(numberIn(entry, 'step'));

/** One number, or a list of one. */
function valueOf(value: unknown): number | undefined {
  const [first, ...more] = Array.isArray(value) ? (value as unknown[]) : [value];
  return typeof first === 'number' && more.length === 0 ? first : undefined;
}

function timeIn(entry: Fields, name: string): number | undefined {
  if (entry[name] === undefined || entry[name] === null) return undefined;
  const time = localTime(textIn(entry, name));
  return Number.isNaN(time) ? refuse(`\`${name}\` must be a time like 2024-01-31T12:00:00.000000, got ${show(entry[name])}`) : time;
}

const mapFields = <Value>(given: Fields | undefined, map: (value: unknown, name: string) => Value): Record<string, Value> =>
  Object.fromEntries(Object.entries(given ?? {}).map(([name, value]) => [name, map(value, name)]));
