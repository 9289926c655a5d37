import { show } from '@downhill/core';
import { wrong } from './ensemble-options.ts';
import type { MemberTrainer } from './member-task.ts';

/** The trainer that a module exports. @throws DownhillError `invalid-argument` where it exports none; what importing it throws. */
export async function trainerOf(module: string): Promise<MemberTrainer> {
  const { trainMember } = (await import(module)) as { readonly trainMember?: MemberTrainer };
  if (typeof trainMember === 'function') return trainMember;
  throw wrong(
    'trainEnsembleInWorkers',
    `${module} must export a function \`trainMember\`, got ${show(trainMember)}`,
    'Write export const trainMember = async ({ seed, signal }) => model;',
  );
}
