import type { ResolveFnOutput, ResolveHookContext } from 'node:module';

type Resolve = (specifier: string, context: ResolveHookContext) => Promise<ResolveFnOutput>;

/** Of these there is one in a program: a layer must be of the class that models know. */
const isShared = (specifier: string): boolean => /^@tensorflow\/tfjs-(core|layers)$/.test(specifier);
const isOurs = (specifier: string): boolean => /^@(downhill|tensorflow)\//.test(specifier);
const isNotFound = (error: unknown): boolean => (error as { readonly code?: unknown }).code === 'ERR_MODULE_NOT_FOUND';

/**
 * Run by Node.js, in a thread of its own, for each import of a plugin: a lone file finds our packages and tfjs where this program has them.
 * Where no manifest says what a file is, tsx takes it for CommonJS: TypeScript is a module here, and JavaScript what Node.js finds in it.
 */
export async function resolve(specifier: string, context: ResolveHookContext, next: Resolve): Promise<ResolveFnOutput> {
  const found = await (isShared(specifier)
    ? next(specifier, { ...context, parentURL: import.meta.url })
    : resolved(specifier, context, next));
  if (found.format !== 'commonjs') return found;
  if (/\.ts(\?|$)/.test(found.url)) return { ...found, format: 'module' };
  return /\.js(\?|$)/.test(found.url) ? { ...found, format: undefined } : found;
}

async function resolved(specifier: string, context: ResolveHookContext, next: Resolve): Promise<ResolveFnOutput> {
  try {
    return await next(specifier, context);
  } catch (error) {
    if (!isOurs(specifier) || !isNotFound(error)) throw error;
    return next(specifier, { ...context, parentURL: import.meta.url });
  }
}
