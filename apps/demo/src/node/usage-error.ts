/** Ends the program: its one line, and exit code 2. */
export class UsageError extends Error {}
