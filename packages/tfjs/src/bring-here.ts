import { backend, clone, type Tensor } from '@tensorflow/tfjs-core';

/** Brings a tensor that was made on another backend to the active one, as tfjs's own kernels do with their inputs. */
export function bringHere(tensor: Tensor): void {
  if (backend().refCount(tensor.dataId) === 0) clone(tensor).dispose();
}
