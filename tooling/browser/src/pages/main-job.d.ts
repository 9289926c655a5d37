import type { RecipeConfig } from '@downhill/demo/recipe';
/** Settings of the run; the others are the recipe's own. */
export type MainJob = Partial<RecipeConfig>;
export type MainJobReply = {
    readonly hash: string;
} | {
    readonly problem: string;
};
export declare const calls: {
    /** Trains in a worker. @returns the SHA-256 of the weights */
    hash: (settings: MainJob) => Promise<string>;
};
