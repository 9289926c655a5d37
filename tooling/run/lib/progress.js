import { clearLine, cursorTo } from 'node:readline';

const { stderr } = process;

/** Seconds since `start`, as text. @param {number} start from `performance.now()` */
export const since = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** A line for the user. Standard output belongs to the program that we start. @param {string} text */
export function say(text) {
  stderr.write(`${text}\n`);
}

/**
 * Says what is being done and how long it took; what takes longer shows that it lives: on a terminal twice a second in
 * place, elsewhere by a line every ten seconds.
 *
 * @template T
 * @param {string} title
 * @param {(note: (line: string) => void) => Promise<T>} work gets a function that takes the line to show meanwhile
 * @returns {Promise<T>}
 */
export async function phase(title, work) {
  const start = performance.now();
  let latest = '';
  say(`${title} ...`);
  const timer = setInterval(
    () => {
      const line = `  ${since(start)}  ${latest}`;
      if (!stderr.isTTY) return say(line);
      wipe();
      stderr.write(line.slice(0, stderr.columns - 1));
    },
    stderr.isTTY ? 500 : 10_000,
  );
  try {
    const result = await work((line) => (latest = line));
    if (stderr.isTTY) wipe();
    say(`${title}: ${since(start)}`);
    return result;
  } catch (error) {
    if (stderr.isTTY) wipe();
    say(`${title}: failed after ${since(start)}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

function wipe() {
  clearLine(stderr, 0);
  cursorTo(stderr, 0);
}
