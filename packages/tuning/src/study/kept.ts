import { DownhillError, type Direction, type Json, type Parameters, type Space } from '@downhill/core';
import { checkPartialSettings, checkSettings } from '../space/check-settings.ts';
import { spaceDifferences } from '../space/space-differences.ts';
import { space as spaceOf } from '../space/space.ts';
import type { Ledger, NewEvent } from './ledger.ts';
import { keys } from './replay/keys.ts';
import type { StoredStudy } from './replay/stored.ts';

/** What a study was asked for: what is left out is as it was kept. */
export interface Asked {
  readonly name: string;
  readonly space: Space;
  readonly direction: Direction | undefined;
  readonly seed: number | undefined;
}

/**
 * The study of a name: the one that the storage has, if it is the same one, or a new one.
 *
 * @throws DownhillError `study-mismatch`, or `unsupported` for a study of several objectives
 */
export async function keptStudy(ledger: Ledger, asked: Asked): Promise<{ readonly stored: StoredStudy; readonly seed: number }> {
  const { name, space, direction = 'minimize', seed = 0 } = asked;
  const found = (): StoredStudy | undefined => ledger.state.studies.find((study) => study.name === name && !study.isDeleted);
  await ledger.sync();
  if (found() === undefined) await ledger.sync({ type: 'study', name, direction });
  const stored = found() as StoredStudy;
  if (stored.objectives !== 1) throw several(stored);
  const isKept = stored.system.has(keys.space);
  if (!isKept) checkTrials(ledger, stored, space);
  if (!isKept || !stored.system.has(keys.seed)) {
    const spaceJson = JSON.parse(JSON.stringify(space)) as Json;
    await ledger.sync(note(stored, keys.space, spaceJson), note(stored, keys.seed, seed));
  }
  const kept = stored.system.get(keys.seed) as number;
  const differences = [
    ...spaceDifferences(spaceOf(stored.system.get(keys.space) as unknown as Parameters), space),
    ...(asked.direction === undefined || direction === stored.direction
      ? []
      : [`The direction was ${stored.direction}, now ${direction}.`]),
    ...(asked.seed === undefined || asked.seed === kept ? [] : [`The seed was ${kept}, now ${asked.seed}.`]),
  ];
  if (differences.length > 0) throw mismatch(name, differences.join(' '));
  return { stored, seed: kept };
}

const note = (study: StoredStudy, key: string, value: Json): NewEvent => ({
  type: 'study-attribute',
  study: study.id,
  by: 'system',
  key,
  value,
});

/** A study that Optuna made has not kept its space: its trials show it. */
function checkTrials(ledger: Ledger, { name, trials }: StoredStudy, space: Space): void {
  for (const trial of trials.map((id) => ledger.trial(id))) {
    const isWhole = trial.state === 'complete' || trial.state === 'pruned';
    try {
      if (isWhole) checkSettings(`trial ${trial.number}`, space, trial.settings);
      else checkPartialSettings(`trial ${trial.number}`, space, trial.settings);
    } catch (error) {
      throw mismatch(name, error instanceof Error ? error.message : String(error));
    }
  }
}

const several = ({ name, objectives }: StoredStudy): DownhillError =>
  new DownhillError({
    code: 'unsupported',
    source: 'openStudy',
    problem: `the study '${name}', which Optuna made, has ${objectives} objectives`,
    advice: 'A study here has one: give this one another name.',
  });

const mismatch = (name: string, differences: string): DownhillError =>
  new DownhillError({
    code: 'study-mismatch',
    source: 'openStudy',
    problem: `the study '${name}' is another one. ${differences.replace(/\.$/, '')}`,
    advice: 'Open it as it was, or give this one another name.',
  });
