/** Lets tests call these functions of a page. */
export function expose(calls) {
    Object.assign(globalThis, { calls });
}
