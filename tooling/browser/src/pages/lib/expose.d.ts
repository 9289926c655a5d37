/** Lets tests call these functions of a page. */
export declare function expose(calls: Readonly<Record<string, (...args: never[]) => unknown>>): void;
