import type { GradConfig, NamedAttrMap, Tensor } from '@tensorflow/tfjs-core';

/** A gradient in place of tfjs's where the wasm backend is active. */
export interface TrainingGradient {
  readonly kernelName: string;
  /** What to save where it is not what tfjs's gradient saves; that must be able to go on with it, should the backend change meanwhile. */
  readonly save?: Pick<GradConfig, 'inputsToSave' | 'outputsToSave'>;
  /** Whether a call is for us; left out: all are. */
  takes?(dy: Tensor, saved: readonly Tensor[], attributes: NamedAttrMap): boolean;
  gradient(dy: Tensor, saved: readonly Tensor[], attributes: NamedAttrMap): ReturnType<GradConfig['gradFunc']>;
}
