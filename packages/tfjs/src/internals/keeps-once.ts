import { engine, type Tensor } from '@tensorflow/tfjs-core';

/** Hands every tensor that `work` keeps to `see`, but for those that tfjs itself keeps inside an operation for its gradient. */
function watchingKeep<T>(see: (tensor: Tensor) => void, work: () => T): T {
  const tfjs = engine();
  const own = Object.getOwnPropertyDescriptor(tfjs, 'keep');
  const keep = tfjs.keep.bind(tfjs);
  tfjs.keep = (tensor) => {
    const kept = keep(tensor);
    if (tfjs.state.kernelDepth === 0) see(tensor);
    return kept;
  };
  try {
    return work();
  } finally {
    if (own === undefined) Reflect.deleteProperty(tfjs, 'keep');
    else Object.defineProperty(tfjs, 'keep', own);
  }
}

/**
 * Lets the very next `push` pass over its item, if it is one that `passes` names; from that call on all is as before.
 *
 * @returns Ends the watch where there was no such call.
 */
function watchingNextPush(passes: (list: readonly unknown[], item: unknown) => boolean): () => void {
  const { push } = Array.prototype;
  const end = (): void => {
    // oxlint-disable-next-line no-extend-native
    Array.prototype.push = push;
  };
  // oxlint-disable-next-line no-extend-native -- for one call of the same closure; nothing else can run in between
  Array.prototype.push = function (this: unknown[], ...items: unknown[]): number {
    end();
    return passes(this, items[0]) ? this.length : Reflect.apply(push, this, items);
  };
  return end;
}

/**
 * Runs looks at one loss of which only the first keeps tensors in a list. The loss that tfjs-layers (4.22) hands to `minimize` keeps every metric and
 * then pushes it onto a list, each time it is called: after two looks `trainOnBatch` would return each metric twice, and nobody dispose of the second.
 *
 * A tensor is passed over where a later look keeps it and next pushes it onto a list that holds what the first look kept. The list is known to nobody but
 * that closure: hence the watch on `push`, for one call each, and only where the first look kept something.
 */
export function keepsOnce(): <T>(look: () => T) => T {
  let first: Set<unknown> | undefined;
  return (look) => {
    if (first === undefined) {
      const kept = (first = new Set<unknown>());
      return watchingKeep((tensor) => kept.add(tensor), look);
    }
    const known = first;
    if (known.size === 0) return look();
    let end = (): void => {};
    const passOver = (tensor: Tensor): void => {
      end();
      end = watchingNextPush((list, item) => {
        if (item !== tensor || !list.some((each) => known.has(each))) return false;
        tensor.kept = known.has(tensor);
        return true;
      });
    };
    try {
      return watchingKeep(passOver, look);
    } finally {
      end();
    }
  };
}
