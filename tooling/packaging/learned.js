import { say } from '../run/lib/progress.js';

/** Shows what an example printed, `accuracy 0.96` or so, and throws when it has not learned its task. @param {string} title @param {string} printed */
export function learned(title, printed) {
  say(`${title}: ${printed}`);
  const accuracy = Number(/accuracy:? ([\d.]+)/.exec(printed)?.[1]);
  if (!(accuracy > 0.8)) throw new Error(`${title}: an accuracy above 0.8 was expected`);
}
