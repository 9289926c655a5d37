/** A short run of the main job: half a minute, and every kernel that the long one uses. */
export const SETTINGS = { limit: 6000, epochs: 1, seed: 7 } as const;
