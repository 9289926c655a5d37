/** Passes on at most one call in so many milliseconds. */
export function calmly<Item>(pass: (item: Item) => void, often: number): (item: Item) => void {
  let next = performance.now() + often;
  return (item) => {
    if (performance.now() < next) return;
    next = performance.now() + often;
    pass(item);
  };
}
