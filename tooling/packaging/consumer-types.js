import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { attempt, run } from './run.js';

/** Compilers that our users have: the oldest that we support, the one before ours, ours. */
const compilers = ['typescript-5', 'typescript-6', 'typescript'];

/**
 * Compiles a program of the project that imports every entry, our declarations included, with each compiler. Returns the
 * versions; throws with the errors that are ours (those of tfjs and of its peers have some).
 *
 * @param {string} project
 * @param {readonly string[]} specifiers
 */
export async function consumerTypes(project, specifiers) {
  const text = specifiers.map((specifier, i) => `import * as entry${i} from '${specifier}';\nexport { entry${i} };\n`);
  writeFileSync(join(project, 'entries.ts'), text.join(''));
  const shared = { noEmit: true, strict: true, exactOptionalPropertyTypes: true, target: 'es2022', lib: ['es2023', 'dom'], types: [] };
  const compiled = [];
  for (const compiler of compilers) {
    const tsc = fileURLToPath(new URL('bin/tsc', import.meta.resolve(`${compiler}/package.json`)));
    const version = await run(project, process.execPath, tsc, '--version');
    for (const resolution of ['nodenext', 'bundler']) {
      const compilerOptions = { ...shared, module: resolution === 'bundler' ? 'esnext' : resolution, moduleResolution: resolution };
      writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['entries.ts'] }));
      const { stdout } = await attempt(project, process.execPath, tsc);
      const ours = stdout.split('\n').filter((line) => /^(error TS|entries\.ts|[^(]*\/node_modules\/@downhill\/)/.test(line));
      if (ours.length > 0) throw new Error(`${version} (${resolution}) refuses our types:\n${ours.join('\n')}`);
      compiled.push(`${version}, ${resolution}`);
    }
  }
  return compiled;
}
