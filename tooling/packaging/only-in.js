/** Entries that work in a test of Vitest alone. */
export const onlyInVitest = ['@downhill/conformance', '@downhill/tuning/testing'];

/** Whether an entry is for Node.js alone, by its name. @param {string} specifier */
export const onlyInNode = (specifier) => /\/(node|redis)$/.test(specifier);
