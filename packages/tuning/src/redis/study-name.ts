import { DownhillError, show } from '@downhill/core';

/** Checks the name of a study. @throws DownhillError `invalid-argument` */
export function checkStudyName(source: string, study: unknown): asserts study is string {
  if (typeof study === 'string' && study !== '') return;
  throw new DownhillError({
    code: 'invalid-argument',
    source,
    problem: `\`study\` must be the name of a study, got ${show(study)}`,
    advice: 'Pass study.name.',
  });
}
