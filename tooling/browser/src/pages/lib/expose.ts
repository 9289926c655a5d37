/** Lets tests call these functions of a page. */
export function expose(calls: Readonly<Record<string, (...args: never[]) => unknown>>): void {
  Object.assign(globalThis, { calls });
}
