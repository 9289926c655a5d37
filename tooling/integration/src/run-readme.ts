import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withoutTypes } from '@downhill/config/without-types';

type Names = Readonly<Record<string, unknown>>;

/** What a README's code finds around it. */
export interface Surroundings {
  /** What the text takes for granted, such as `history`. */
  readonly given: Names;
  /** What stands in the place of a module's own, such as a loader of files that are not there. */
  readonly instead: Names;
  /** A module whose blocks are left to another test: it needs a server. */
  readonly elsewhere?: string;
  /** Where its files are, such as `member.js`. */
  readonly folder: string;
}

/** A line that a README prints, and what its comment says that it prints; `...` stands for anything. */
export interface Line {
  readonly printed: string;
  readonly promised: RegExp;
}

interface Block {
  readonly code: string;
  readonly imports: readonly { readonly whole?: string | undefined; readonly names: readonly string[]; readonly from: string }[];
}

/**
 * Runs all the code of a README as it stands, one block after the other: each sees what those before it have declared, as its reader does. A
 * block that begins with the name of a file becomes that file.
 */
export async function runReadme(readme: string, { given, instead, elsewhere, folder }: Surroundings): Promise<readonly Line[]> {
  const blocks: Block[] = [];
  for (const code of codeIn(readme)) {
    if (elsewhere !== undefined && code.includes(`from '${elsewhere}'`)) continue;
    const file = /^\/\/ ([\w-]+\.js)\b/.exec(code)?.[1];
    if (file !== undefined) writeFileSync(join(folder, file), code);
    if (!/^export /m.test(code))
      blocks.push(read(code.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(join(folder, 'main.js')).href))));
  }
  const lines: Line[] = [];
  let current = 0;
  const scope: Names = {
    ...given,
    begin_: (block: number) => void (current = block),
    print_: (promised: string, ...values: unknown[]) =>
      void lines.push({ promised: pattern(promised), printed: bare(values.map(shown).join(' ')) }),
    modules_: await modulesOf(blocks, instead),
  };
  const whole = blocks.reduceRight((rest, { code, imports }, i) => `{\nbegin_(${i});\n${declarations(imports)}\n${code}\n${rest}\n}`, '');
  try {
    await new AsyncFunction(...Object.keys(scope), whole)(...Object.values(scope));
  } catch (cause) {
    throw new Error(`in block ${current + 1}: ${String(cause)}\n${blocks[current]?.code ?? ''}`, { cause });
  }
  return lines;
}

const AsyncFunction = (async () => {}).constructor as new (...texts: string[]) => (...values: unknown[]) => Promise<void>;

const codeIn = (readme: string): string[] => [...readme.matchAll(/^```(?:ts|js)\n(.*?)^```/gms)].map(([, code = '']) => code);

/** A line that prints says after it what, or nothing. */
const PRINTS = /console\.log\((.*)\);(?: \/\/ (.+))?$/gm;
const IMPORTS = /^import (?:\* as (\w+)|\{ ([^}]*) \}) from '([^']+)';\n/gm;

function read(code: string): Block {
  const asked = code
    .replaceAll(/^import '.*';.*\n/gm, '')
    .replaceAll(PRINTS, (line, values: string, promised?: string) =>
      promised === undefined ? line : `print_(${JSON.stringify(promised)}, ${values});`,
    );
  const javaScript = withoutTypes(asked);
  return {
    code: javaScript.replaceAll(IMPORTS, ''),
    imports: [...javaScript.matchAll(IMPORTS)].map(([, whole, names, from = '']) => ({ whole, names: names?.split(', ') ?? [], from })),
  };
}

const declarations = (imports: Block['imports']): string =>
  imports.map(({ whole, names, from }) => `const ${whole ?? `{ ${names.join(', ')} }`} = modules_[${JSON.stringify(from)}];`).join('\n');

/** The modules, resolved by the test runner from the sources. */
async function modulesOf(blocks: readonly Block[], instead: Names): Promise<Readonly<Record<string, object>>> {
  const modules: Record<string, object> = {};
  for (const { from } of blocks.flatMap(({ imports }) => imports)) modules[from] ??= { ...(await load(from)), ...instead };
  return modules;
}

/** The whole of tfjs would register the backends of a browser too. */
const load = async (from: string): Promise<object> =>
  from === '@tensorflow/tfjs'
    ? { ...(await import('@tensorflow/tfjs-core')), ...(await import('@tensorflow/tfjs-layers')) }
    : ((await import(/* @vite-ignore */ from)) as object);

/** Without what is written in one way or another: `{ loss: 1 }` and `{"loss":1}` are the same. */
const bare = (text: string): string => text.replaceAll(/["' ]/g, '');

const pattern = (promised: string): RegExp =>
  new RegExp(
    `^${bare(promised)
      .split('...')
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`))
      .join('.*')}$`,
  );

const shown = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));
