/** Ends the program with exit code 2: what the user asked for cannot be done as it is. Its message is one line. */
export class UsageError extends Error {}
