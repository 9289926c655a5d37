import { engine, type Tensor } from '@tensorflow/tfjs-core';

/** Hands every tensor that is kept during `work` to `see`. */
function watchingKeep<T>(see: (tensor: Tensor) => void, work: () => T): T {
  const tfjs = engine();
  const own = Object.getOwnPropertyDescriptor(tfjs, 'keep');
  const keep = tfjs.keep.bind(tfjs);
  tfjs.keep = (tensor) => {
    see(tensor);
    return keep(tensor);
  };
  try {
    return work();
  } finally {
    if (own === undefined) Reflect.deleteProperty(tfjs, 'keep');
    else Object.defineProperty(tfjs, 'keep', own);
  }
}

/** Lets `push` pass over what `passes` names, for as long as `work` takes; nothing else can run meanwhile. */
function watchingPush<T>(passes: (list: readonly unknown[], item: unknown) => boolean, work: () => T): T {
  const { push } = Array.prototype;
  // oxlint-disable-next-line no-extend-native -- put back before anything else can run
  Array.prototype.push = function (this: unknown[], ...items: unknown[]): number {
    if (items.length === 1 && passes(this, items[0])) return this.length;
    return Reflect.apply(push, this, items);
  };
  try {
    return work();
  } finally {
    // oxlint-disable-next-line no-extend-native
    Array.prototype.push = push;
  }
}

/**
 * Runs looks at one loss of which only the first keeps tensors in a list. The loss that tfjs-layers (4.22) hands to `minimize` keeps every metric and
 * pushes it onto a list each time it is called: after two looks `trainOnBatch` would return each metric twice, and `fit` would never dispose of the second.
 *
 * A tensor is passed over where a later look keeps it and pushes it onto a list that holds what the first look kept. The list is known to nobody but that
 * closure: hence the watch on `push`, for the time of a later look, and only where the first one kept something.
 */
export function keepsOnce(): <T>(look: () => T) => T {
  let first: ReadonlySet<unknown> | undefined;
  return (look) => {
    if (first === undefined) {
      const kept = new Set<Tensor>();
      const result = watchingKeep((tensor) => kept.add(tensor), look);
      first = new Set([...kept].filter((tensor) => tensor.kept && !tensor.isDisposed)); // what gradients need is kept too, and gone by now
      return result;
    }
    const known = first;
    if (known.size === 0) return look();
    const again = new Set<unknown>();
    const passes = (list: readonly unknown[], item: unknown): boolean => {
      if (!again.has(item) || !list.some((each) => known.has(each))) return false;
      if (!known.has(item)) (item as Tensor).kept = false;
      return true;
    };
    return watchingKeep(
      (tensor) => again.add(tensor),
      () => watchingPush(passes, look),
    );
  };
}
