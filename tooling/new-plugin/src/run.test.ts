import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { KIND_NAMES } from './kinds.ts';
import { run } from './run.ts';

const REPOSITORY = join(import.meta.dirname, '../../..');
const all = mkdtempSync(join(tmpdir(), 'downhill-new-plugin-'));
afterAll(() => rmSync(all, { recursive: true }));

let [root, home, count] = ['', '', 0];
/** A repository with what the program reads of it, and a folder beside it in which the user stands. */
beforeEach(() => {
  const folder = join(all, String(count++));
  [root, home] = [join(folder, 'repository'), join(folder, 'home')];
  for (const folder of [home, join(root, '.changeset')]) mkdirSync(folder, { recursive: true });
  for (const file of [
    'package.json',
    'pnpm-workspace.yaml',
    'pnpm-lock.yaml',
    'packages/core/package.json',
    'packages/tfjs/package.json',
    'packages/conformance/package.json',
    'packages/tuning/package.json',
    'packages/augmentation/package.json',
  ]) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    cpSync(join(REPOSITORY, file), join(root, file));
  }
});

interface Ended {
  readonly code: number;
  readonly said: string;
}

async function newPlugin(argv: readonly string[], install: () => Promise<unknown> = async () => {}): Promise<Ended> {
  const lines: string[] = [];
  const code = await run(argv, { root, from: home, install, say: (line) => lines.push(line) });
  return { code, said: lines.join('\n') };
}

/** The files below a folder. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
const read = (...path: string[]): string => readFileSync(join(...path), 'utf8');
const json = (...path: string[]): unknown => JSON.parse(read(...path));

describe('a package of the repository', () => {
  test('has a rule, a test, a README, a manifest, settings and a changeset, under its own names', async () => {
    let installed = 0;
    const { code, said } = await newPlugin(['optimizer', 'softSign'], async () => installed++);
    expect([code, installed]).toEqual([0, 1]);
    const folder = join(root, 'packages/soft-sign');
    expect(filesIn(folder)).toEqual(
      [
        'README.md',
        'package.json',
        'src/index.ts',
        'src/soft-sign.test.ts',
        'src/soft-sign.ts',
        'tsconfig.build.json',
        'tsconfig.json',
        'vitest.config.ts',
      ].toSorted(),
    );
    expect(json(folder, 'package.json')).toMatchObject({
      name: '@downhill/soft-sign',
      downhill: { plugin: 'optimizer' },
      dependencies: { '@downhill/core': 'workspace:^' },
      devDependencies: { '@downhill/conformance': 'workspace:^', vitest: 'catalog:' },
    });
    expect(read(folder, 'src/soft-sign.ts')).toContain('export function softSign(options: SoftSignOptions = {}): Transform {');
    expect(read(folder, 'README.md')).toContain("import { softSign } from '@downhill/soft-sign';");
    for (const file of filesIn(folder)) expect(read(folder, file)).not.toMatch(/my-?optimizer/i);
    expect(read(root, '.changeset/soft-sign.md')).toBe(
      "---\n'@downhill/soft-sign': minor\n---\n\nFirst release: the optimizer `softSign`.\n",
    );
    expect(said).toContain('npm start -- --optimizer softSign');
    expect(said).toMatch(/--filter @downhill\/soft-sign test/);
  });

  test('has the manifest that the packages of its kind have', async () => {
    await newPlugin(['schedule', 'sawtooth']);
    const [made, ours] = [json(root, 'packages/sawtooth/package.json'), json(REPOSITORY, 'packages/schedulers/package.json')] as Record<
      string,
      object
    >[];
    const shared = ['license', 'type', 'sideEffects', 'exports', 'publishConfig', 'engines', 'dependencies', 'devDependencies'];
    for (const key of shared) expect([key, made![key]]).toEqual([key, ours![key]]);
  });

  test('of kind transform is an optimizer', async () => {
    await newPlugin(['transform', 'tiger']);
    expect(json(root, 'packages/tiger/package.json')).toMatchObject({ downhill: { plugin: 'optimizer' } });
  });

  test('is taken away again where it cannot be installed', async () => {
    const before = filesIn(root);
    const lockfile = read(root, 'pnpm-lock.yaml');
    const { code, said } = await newPlugin(['optimizer', 'tiger'], async () => {
      writeFileSync(join(root, 'pnpm-lock.yaml'), 'half');
      throw new Error('ERR_PNPM_NO_OFFLINE_TARBALL');
    });
    expect({ code, said }).toEqual({
      code: 1,
      said: 'npm run new:plugin: the package could not be installed, and was taken away again: ERR_PNPM_NO_OFFLINE_TARBALL',
    });
    expect(filesIn(root)).toEqual(before);
    expect(readdirSync(join(root, 'packages'))).not.toContain('tiger');
    expect(read(root, 'pnpm-lock.yaml')).toBe(lockfile);
  });

  test.each(['packages/tiger/notes.txt', '.changeset/tiger.md'])('is not written over %s', async (file) => {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), 'mine');
    const before = filesIn(root);
    const { code, said } = await newPlugin(['optimizer', 'tiger']);
    expect(code).toBe(2);
    expect(said).toContain('is there already; nothing was written');
    expect(filesIn(root)).toEqual(before);
    expect(read(root, file)).toBe('mine');
  });

  test('leaves nothing behind where it cannot be written', async () => {
    rmSync(join(root, 'packages'), { recursive: true });
    writeFileSync(join(root, 'packages'), 'a file, so that no folder can be made in it');
    expect(await newPlugin(['optimizer', 'tiger'])).toMatchObject({ code: 1 });
    expect(filesIn(root)).not.toContain('.changeset/tiger.md');
  });
});

describe('a project of its own', () => {
  test.each(KIND_NAMES)('of kind %s takes published packages and needs nothing of the repository', async (kind) => {
    const { code, said } = await newPlugin([kind, 'softSign', '--standalone', 'projects/mine', '--package', '@me/rules']);
    expect(code).toBe(0);
    const folder = join(home, 'projects/mine');
    expect(filesIn(folder)).toEqual(expect.arrayContaining(['.gitignore', 'src/soft-sign.test.ts', 'src/soft-sign.ts', 'tsconfig.json']));
    const { version } = json(root, 'packages/core/package.json') as { version: string };
    expect(json(folder, 'package.json')).toMatchObject({
      name: '@me/rules',
      dependencies: { '@downhill/core': `^${version}` },
      devDependencies: { '@downhill/conformance': `^${version}`, typescript: expect.stringMatching(/^\^\d/) },
    });
    for (const file of filesIn(folder))
      expect([file, read(folder, file)]).not.toEqual([file, expect.stringMatching(/workspace:|catalog:|@downhill\/config|\^undefined/)]);
    expect(read(folder, 'README.md')).toContain("from '@me/rules'");
    expect(said).toContain('npm start -- --plugin projects/mine/src/index.ts');
    expect(existsSync(join(root, '.changeset/soft-sign.md'))).toBe(false);
  });

  test('takes packages from archives, also those that they take of one another', async () => {
    for (const name of ['core', 'tfjs', 'conformance', 'wasm-kernels']) writeFileSync(join(home, `downhill-${name}-0.0.0.tgz`), '');
    await newPlugin(['optimizer', 'tiger', '--standalone', 'tiger', '--from', '.']);
    const core = `file:${join(home, 'downhill-core-0.0.0.tgz')}`;
    expect(json(home, 'tiger/package.json')).toMatchObject({
      dependencies: { '@downhill/core': core },
      overrides: { '@downhill/core': core },
    });
  });

  test.each([
    [['--standalone', 'here'], 'is there already; nothing was written'],
    [['--standalone', '../repository/packages/x'], 'must be a folder outside of this repository'],
    [['--standalone', 'x', '--from', '.'], 'holds no archive of @downhill/core; write it with pnpm pack'],
    [['--from', '.'], '`--from` is for `--standalone`'],
  ])('%j is refused in one line, and nothing is written', async (options, message) => {
    mkdirSync(join(home, 'here'));
    writeFileSync(join(home, 'here/notes.txt'), 'mine');
    const before = filesIn(all);
    const { code, said } = await newPlugin(['optimizer', 'tiger', ...options]);
    expect({ code, lines: said.split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(said).toContain(message);
    expect(filesIn(all)).toEqual(before);
  });
});

describe('a name', () => {
  test.each([
    [['optimiser', 'tiger'], 'the kind must be one of optimizer, schedule, layer, augmentation, sampler, pruner'],
    [['optimiser', 'tiger'], 'did you mean optimizer?'],
    [['optimizer', 'Tiger'], 'beginning with a small letter, got "Tiger"'],
    [['optimizer', '../tiger'], 'must be letters and digits'],
    [['optimizer', 'ti_ger'], 'must be letters and digits'],
    [['optimizer', '9lives'], 'must be letters and digits'],
    [['optimizer', ''], 'must be letters and digits'],
    [['optimizer', 'delete'], 'the name delete is reserved in JavaScript'],
    [['optimizer', 'lerp'], 'the name lerp is one of @downhill/core'],
    [['optimizer', 'adamw'], 'the name adamw is taken by @downhill/optimizers'],
    [['schedule', 'cosine-power'], 'the name cosinePower is taken by @downhill/schedulers'],
    [['optimizer', 'tiger', '--package', 'Tiger Rule'], 'is no name of a package: name'],
    [['optimizer', 'tiger', '--package', 'node_modules'], 'is no name of a package: node_modules is not a valid package name'],
    [['optimizer', `x${'a'.repeat(214)}`], 'is no name of a package: name can no longer contain more than 214 characters'],
    [['optimizer'], "missing required argument 'name'"],
    [['optimizer', 'tiger', 'lion'], 'too many arguments'],
    [['optimizer', 'tiger', '--standalon', 'x'], 'Did you mean --standalone?'],
  ])('%j is refused in one line, and nothing is written', async (argv, message) => {
    const before = filesIn(root);
    const { code, said } = await newPlugin(argv);
    expect({ code, lines: said.split('\n').length }).toEqual({ code: 2, lines: 1 });
    expect(said).toContain(message);
    expect(filesIn(root)).toEqual(before);
  });
});
