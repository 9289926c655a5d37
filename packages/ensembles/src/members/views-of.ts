import { DownhillError, show } from '@downhill/core';
import type { Tensor, Tensor4D } from '@tensorflow/tfjs-core';
import { memberOf, type Member } from './member.ts';

/** Shows a batch, of images unless told otherwise, in some way: turned over, cropped, in other colours. Runs inside `tf.tidy`. */
export type ViewFunction<Input extends Tensor = Tensor4D> = (xs: Input) => Tensor;

/**
 * One member looking at its input in several ways, as that many members: test-time augmentation as an ensemble (ten crops: Krizhevsky et
 * al. 2012, section 4.1). With the views of `@downhill/augmentation`: `tenCrop(24).map((view) => (xs) => compose(view).apply(xs))`.
 *
 * Each view opens the member and closes it again; where loading is slow, load it once and take `modelMember`.
 *
 * @example
 * const members = viewsOf(functionMember((xs) => tf.mean(xs, [1, 2, 3])), [(xs) => xs, (xs) => tf.reverse(xs, 2)]);
 * members.length; // 2
 *
 * @throws DownhillError `invalid-argument` without a view, or for one that is no function; `unsupported`, when it predicts, for several inputs.
 */
export function viewsOf<Input extends Tensor = Tensor4D>(member: Member, views: readonly ViewFunction<Input>[]): readonly Member[] {
  if (!Array.isArray(views) || views.length === 0 || !views.every((view) => typeof view === 'function'))
    throw new DownhillError({
      code: 'invalid-argument',
      source: 'viewsOf',
      problem: `\`views\` must hold at least one function of a batch, got ${Array.isArray(views) && views.length > 0 ? 'what is none' : show(views)}`,
      advice: 'Pass [(xs) => xs, (xs) => tf.reverse(xs, 2)] for images as they are and turned over.',
    });
  return views.map((view, i) => throughView(member, `${member.name}, view ${i + 1}`, view as ViewFunction<Tensor>));
}

/** A member that sees its input through a function. */
export function throughView(member: Member, name: string, view: ViewFunction<Tensor>): Member {
  const { classes } = member;
  return memberOf(
    'viewsOf',
    async () => {
      const open = await member.open();
      return { predict: (xs) => open.predict(view(onlyInput(name, xs))), close: () => open.close() };
    },
    { name, ...(classes === undefined ? {} : { classes }) },
    name,
  );
}

function onlyInput(name: string, xs: Tensor | Tensor[]): Tensor {
  if (!Array.isArray(xs)) return xs;
  throw new DownhillError({
    code: 'unsupported',
    source: 'viewsOf',
    problem: `'${name}' looks at one input, and the batch has ${xs.length}`,
    advice: 'Take functionMember with a function that changes the inputs as they need it.',
  });
}
