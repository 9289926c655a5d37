const least = /** @type {const} */ ([20, 19]);

/** Throws when this Node.js is older than our packages take. @param {string} version as in `process.versions.node` */
export function checkNode(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > least[0] || (major === least[0] && minor >= least[1])) return;
  throw new Error(`Node.js ${least.join('.')} or newer is needed, this is ${version}. Get one from nodejs.org.`);
}
