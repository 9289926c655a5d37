import type { Kind, KindName } from './kinds.ts';
import type { Names } from './names.ts';
import type { Spelling } from './spelling.ts';

/** What a package.json is made from. */
export interface ManifestOptions {
  readonly kindName: KindName;
  readonly kind: Kind;
  readonly names: Names;
  readonly packageName: string;
  readonly spelling: Spelling;
  /** Whether the package is one of this repository. */
  readonly isInside: boolean;
}

const ENTRY = { types: './dist/index.d.ts', default: './dist/index.js' };

/** The package.json of a plugin. */
export function manifestOf({ kindName, kind, names, packageName, spelling, isInside }: ManifestOptions): Readonly<Record<string, unknown>> {
  const take = (packages: readonly string[], isTool: boolean) =>
    Object.fromEntries([...new Set(packages)].toSorted().map((name) => [name, spelling.version(name, isTool)]));
  const tools = ['@downhill/conformance', '@types/node', 'typescript', 'vitest', ...(isInside ? ['@downhill/config'] : [])];
  const folder = `packages/${names.kebab}`;
  return {
    name: packageName,
    version: isInside ? '0.0.0' : '0.1.0',
    description: `The ${kindName} ${names.camel} for TensorFlow.js, by Downhill`,
    keywords: isInside ? undefined : ['downhill', 'tensorflow', 'tfjs', kindName],
    license: 'MIT',
    repository: isInside ? { type: 'git', url: 'git+https://github.com/downhill-js/downhill.git', directory: folder } : undefined,
    files: ['dist', 'src', '!src/**/*.test.ts'],
    type: 'module',
    sideEffects: false,
    exports: { '.': isInside ? { '@downhill/source': './src/index.ts', ...ENTRY } : ENTRY, './package.json': './package.json' },
    publishConfig: isInside ? { access: 'public' } : undefined,
    scripts: {
      build: 'tsc -p tsconfig.build.json',
      typecheck: 'tsc --noEmit',
      ...(isInside ? { lint: 'oxlint' } : {}),
      test: 'vitest run',
      ...(isInside ? { 'check:package': 'publint --strict && attw --pack --profile esm-only' } : { prepack: 'npm run build' }),
    },
    dependencies: take(kind.dependencies, false),
    devDependencies: take([...tools, ...kind.peers, ...kind.tests], true),
    peerDependencies: kind.peers.length === 0 ? undefined : Object.fromEntries(kind.peers.map((name) => [name, '^4.22.0'])),
    overrides: spelling.overrides,
    engines: { node: '>=20.19' },
    downhill: { plugin: kindName },
  };
}
