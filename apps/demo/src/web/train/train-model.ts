import { signal, type Signal } from '@preact/signals';
import type { Judged } from './judged.ts';
import type { RunRecord } from './run-record.ts';
import type { Choices, DigitAnswer, TrainAnswer } from './train-protocol.ts';

/** `busy` is a run at something else than its steps. */
export type Phase = 'idle' | 'busy' | 'running' | 'held';

/** What the page knows of the worker. */
export interface TrainModel {
  readonly phase: Signal<Phase>;
  /** What it does or did, in words. */
  readonly told: Signal<string>;
  readonly problems: Signal<readonly string[]>;
  readonly choices: Signal<Choices | undefined>;
  readonly runs: Signal<readonly RunRecord[]>;
  /** The run at hand. */
  readonly record: Signal<RunRecord | undefined>;
  /** The step of its last checkpoint. */
  readonly kept: Signal<number | undefined>;
  readonly judged: Signal<Judged | undefined>;
  /** The picture that was asked about last, and what it shows where that is known. */
  readonly picture: Signal<Uint8Array | undefined>;
  readonly digit: Signal<number | undefined>;
  readonly answers: Signal<readonly DigitAnswer[]>;
}

export function trainModel(): TrainModel {
  return {
    phase: signal<Phase>('idle'),
    told: signal('Nothing is trained yet.'),
    problems: signal<readonly string[]>([]),
    choices: signal<Choices | undefined>(undefined),
    runs: signal<readonly RunRecord[]>([]),
    record: signal<RunRecord | undefined>(undefined),
    kept: signal<number | undefined>(undefined),
    judged: signal<Judged | undefined>(undefined),
    picture: signal<Uint8Array | undefined>(undefined),
    digit: signal<number | undefined>(undefined),
    answers: signal<readonly DigitAnswer[]>([]),
  };
}

/** Forgets what was said of the run before. */
export function clear(model: TrainModel): void {
  model.problems.value = [];
  model.judged.value = undefined;
  model.picture.value = undefined;
  model.digit.value = undefined;
  model.answers.value = [];
  model.kept.value = undefined;
}

/** Takes in what the worker tells. */
export function hear(model: TrainModel, answer: TrainAnswer): void {
  const { phase, told, problems } = model;
  switch (answer.type) {
    case 'ready':
      model.choices.value = answer.choices;
      break;
    case 'runs':
      model.runs.value = answer.runs;
      break;
    case 'busy':
      phase.value = 'busy';
      told.value = `${answer.text} …`;
      break;
    case 'started': {
      const { backend, why, resumedAt } = answer;
      phase.value = 'running';
      told.value = `${resumedAt === undefined ? 'Trains' : `Goes on from step ${resumedAt}`} on ${backend}: ${why}.`;
      break;
    }
    case 'progress':
      model.record.value = answer.record;
      break;
    case 'held':
      phase.value = 'held';
      told.value = `Held after step ${answer.step}, with a checkpoint.`;
      break;
    case 'going':
      phase.value = 'running';
      told.value = 'Goes on.';
      break;
    case 'checkpoint':
      model.kept.value = answer.step;
      break;
    case 'judged':
      model.judged.value = answer.judged;
      break;
    case 'ended':
      phase.value = 'idle';
      told.value = answer.how === 'finished' ? 'Finished, and judged on the test images.' : stopped(model.record.value);
      break;
    case 'shown':
      model.picture.value = answer.picture;
      model.digit.value = answer.digit;
      break;
    case 'answers':
      model.answers.value = answer.answers;
      break;
    case 'problem':
      if (!problems.value.includes(answer.text)) problems.value = [...problems.value, answer.text];
      break;
    case 'failed':
      phase.value = 'idle';
      told.value = 'There is no run: what is wrong stands above.';
      problems.value = [...problems.value, answer.text];
      break;
    default:
      answer satisfies never;
  }
}

function stopped(record: RunRecord | undefined): string {
  const where = record === undefined ? 'Stopped.' : `Stopped after step ${record.step} of ${record.steps}.`;
  return `${where} A run is judged at its end; this one goes on from its checkpoint whenever you like (“Go on”, under past runs).`;
}
