/** Work that goes on wherever it was left, and whose result is kept: who asks again waits for the rest alone. */
export function kept<Made>(work: Generator<void, Made>): () => Generator<void, Made> {
  let made: { readonly value: Made } | undefined;
  return function* turn() {
    while (made === undefined) {
      const { done, value } = work.next();
      if (done === true) made = { value };
      else yield;
    }
    return made.value;
  };
}
