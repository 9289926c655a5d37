/** Asks this process to stop once its parent is gone: a SIGTERM that reaches npm alone ends npm's shell, which passes nothing on. */
export function endWithParent() {
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    process.kill(process.pid, 'SIGTERM');
  }, 500);
  timer.unref();
}
