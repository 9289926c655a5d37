/** Ends the program before it has begun: its one line, and exit code 2. */
export class UsageError extends Error {}
