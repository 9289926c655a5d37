const RULES: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'none'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'font-src': ["'self'"],
  'worker-src': ["'self'"],
  'connect-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/**
 * What the page may do, as a content-security policy: its own files and WebAssembly, no script or style within the page, no
 * code made of text. It goes with every answer of our server, workers' scripts included, and into the page for other servers.
 */
export const POLICY: string = Object.entries(RULES)
  .map(([name, sources]) => `${name} ${sources.join(' ')}`)
  .join('; ');
