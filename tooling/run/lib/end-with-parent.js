/** Asks this process to stop once its parent is gone: a SIGTERM that reaches npm alone ends npm's shell, which passes nothing on. */
export function endWithParent() {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGTERM'), 500).unref();
}
