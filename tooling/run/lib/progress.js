import { clearLine, cursorTo } from 'node:readline';

const { stderr } = process;
let ticking = false; // whether the terminal's last line is ours to overwrite

/** Seconds since `start`, as text. @param {number} start from `performance.now()` */
export const since = (start) => `${((performance.now() - start) / 1000).toFixed(1)} s`;

/** A line for the user. Standard output belongs to the program that we start. @param {string} text */
export function say(text) {
  wipe();
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
      ticking = true;
    },
    stderr.isTTY ? 500 : 10_000,
  );
  try {
    const result = await work((line) => (latest = line));
    say(`${title}: ${since(start)}`);
    return result;
  } catch (error) {
    say(`${title}: failed after ${since(start)}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

function wipe() {
  if (!ticking) return;
  ticking = false;
  clearLine(stderr, 0);
  cursorTo(stderr, 0);
}
