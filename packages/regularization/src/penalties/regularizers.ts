import type { serialization, Scalar, Tensor } from '@tensorflow/tfjs-core';
import { regularizerBase, type LayersRegularizer } from '../internals/layers-bases.ts';
import { groupLasso, type GroupLassoOptions } from './group-lasso.ts';
import { orthogonality, type OrthogonalityOptions } from './orthogonality.ts';
import type { Penalty } from './penalty.ts';

export type { LayersRegularizer };

/** The layer says which weights it regularizes. */
type ForLayer<Options> = Omit<Options, 'mask'>;
type RegularizerClass<Options> = new (options: Options) => LayersRegularizer;

/** A class of tfjs-layers for a penalty, made at the first call: an import alone must not touch tfjs-layers. */
function regularizerClass<Options extends object>(className: string, make: (options: Options) => Penalty): () => RegularizerClass<Options> {
  let made: RegularizerClass<Options> | undefined;
  return () =>
    (made ??= class extends regularizerBase() {
      static get className(): string {
        return className;
      }
      private readonly penalty: Penalty;

      constructor(options: Options) {
        super();
        this.penalty = make(options);
      }

      override apply(weight: Tensor): Scalar {
        return this.penalty.value(weight);
      }

      override getConfig(): serialization.ConfigDict {
        const { mask: _mask, ...options } = this.penalty.config as Readonly<Record<string, serialization.ConfigDictValue>>;
        return options;
      }
    });
}

const groupLassoClass = /* @__PURE__ */ regularizerClass('GroupLasso', ({ factor, groupAxis, sqrtSize }: ForLayer<GroupLassoOptions>) =>
  groupLasso(given({ factor, groupAxis, sqrtSize })),
);
const orthogonalClass = /* @__PURE__ */ regularizerClass(
  'OrthogonalRegularizer',
  ({ factor, kind, mode }: ForLayer<OrthogonalityOptions>) => orthogonality(given({ factor, kind, mode })),
);

/** Without what is undefined. tfjs-layers adds fields of its own to a config that it loads: only those named above come here. */
const given = <Options extends object>(options: { [Name in keyof Options]: Options[Name] | undefined }): Options =>
  Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as Options;

/**
 * `groupLasso` as a regularizer of a layer, which tfjs-layers does not have.
 *
 * @example
 * const kernelRegularizer = groupLassoRegularizer({ factor: 0.5, sqrtSize: false });
 * kernelRegularizer.apply(tf.tensor2d([[3], [4]])).dataSync()[0]; // 2.5
 *
 * @throws DownhillError `invalid-argument` as `groupLasso`.
 */
export function groupLassoRegularizer(options: ForLayer<GroupLassoOptions> = {}): LayersRegularizer {
  return new (groupLassoClass())(options);
}

/**
 * `orthogonality` as a regularizer of a layer: Keras's `OrthogonalRegularizer`, which tfjs-layers does not have, with `kind`
 * for the soft forms.
 *
 * @example
 * const kernelRegularizer = orthogonalRegularizer({ factor: 0.5, kind: 'soft' });
 * kernelRegularizer.apply(tf.tensor2d([[1, 0], [0, 2]])).dataSync()[0]; // 4.5
 *
 * @throws DownhillError `invalid-argument` as `orthogonality`.
 */
export function orthogonalRegularizer(options: ForLayer<OrthogonalityOptions> = {}): LayersRegularizer {
  return new (orthogonalClass())(options);
}

/** The classes that a saved model needs to be known. */
export const regularizerClasses = (): readonly unknown[] => [groupLassoClass(), orthogonalClass()];
