import { checkOneOf } from '@downhill/core';
import { sigmoid, softmax, type Tensor } from '@tensorflow/tfjs-core';

/** A member that is ready to predict, and holds memory until it is closed. */
export interface OpenMember {
  /**
   * Predictions for a batch: one row an example, `[examples, width]`, or one number, `[examples]`. Runs inside `tf.tidy`, so that
   * what it makes on the way is disposed of.
   */
  predict(xs: Tensor | Tensor[]): Tensor;
  /** Gives back what opening took. */
  close(): void | Promise<void>;
}

/** One model of an ensemble. It is opened, used over all the data and closed before the next one is opened. */
export interface Member {
  readonly kind: 'member';
  /** What errors and progress call it. */
  readonly name: string;
  /** The names of the classes in the order of its outputs; members that have them must agree. */
  readonly classes?: readonly string[];
  open(): OpenMember | Promise<OpenMember>;
}

/** What every maker of members takes beside its model. */
export interface MemberOptions {
  /** What errors and progress call it. @defaultValue the model's or the function's own name */
  readonly name?: string;
  /** The names of the classes in the order of the outputs. @defaultValue not known, and not compared */
  readonly classes?: readonly string[];
  /** What makes probabilities of a model's logits, for a model that was trained on these. @defaultValue none: the outputs are as they are */
  readonly activation?: 'softmax' | 'sigmoid';
}

/** A member from its parts; a name that is empty gives way to `fallback`. */
export function memberOf(source: string, open: Member['open'], { name, classes, activation }: MemberOptions, fallback: string): Member {
  if (activation !== undefined) checkOneOf(source, 'activation', activation, ['softmax', 'sigmoid']);
  const named = name ?? fallback;
  return Object.freeze({
    kind: 'member',
    name: named === '' ? 'member' : named,
    ...(classes === undefined ? {} : { classes }),
    open: activation === undefined ? open : async () => activated(await open(), activation === 'softmax' ? softmax : sigmoid),
  });
}

const activated = (open: OpenMember, activation: (logits: Tensor) => Tensor): OpenMember => ({
  predict: (xs) => activation(open.predict(xs)),
  close: () => open.close(),
});
