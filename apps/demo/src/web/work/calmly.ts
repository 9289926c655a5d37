/** Passes on at most one call in so many milliseconds, but each that must be. */
export function calmly<Item>(pass: (item: Item) => void, often: number): (item: Item, must?: boolean) => void {
  let next = performance.now() + often;
  return (item, must = false) => {
    if (!must && performance.now() < next) return;
    next = performance.now() + often;
    pass(item);
  };
}

/** A message without the number that says what it answers. */
export type Unnumbered<Answer> = Answer extends unknown ? Omit<Answer, 'id'> : never;
