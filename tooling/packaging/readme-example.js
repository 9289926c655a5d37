import { readFileSync } from 'node:fs';

/** The first complete program of a README. @param {string} path */
export function readmeExample(path) {
  const program = /^```(?:js|ts)\n(.*?)^```$/ms.exec(readFileSync(path, 'utf8'))?.[1];
  if (program === undefined) throw new Error(`${path} has no block that begins with \`\`\`js or \`\`\`ts`);
  return program;
}
