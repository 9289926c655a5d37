import { DownhillError, show } from '@downhill/core';
import { memberOf, type Member, type MemberOptions, type OpenMember } from './member.ts';

/**
 * Any function from a batch to predictions as a member: a GraphModel's `predict`, one output of several, a model behind a preparation.
 *
 * @param predict Gets a batch's inputs and returns one row an example. It runs inside `tf.tidy`, so it is not asynchronous.
 *
 * @example
 * const member = functionMember((xs) => tf.softmax(xs), { name: 'plain', classes: ['cat', 'dog'] });
 * member.classes; // ['cat', 'dog']
 *
 * @throws DownhillError `invalid-argument` for what is no function.
 */
export function functionMember(predict: OpenMember['predict'], options: MemberOptions = {}): Member {
  if (typeof predict !== 'function')
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'functionMember',
      problem: `\`predict\` must be a function (xs) => tensor, got ${show(predict)}`,
      advice: 'For a model take modelMember(model).',
    });
  return memberOf('functionMember', () => ({ predict, close: () => {} }), options, predict.name);
}
