// tfjs-layers rewrites every string of a layer's or an optimizer's config when it saves and loads a model: 'aB' becomes 'a_b' and 'a_b'
// becomes 'aB'. So capitals and underscores are written as %41 and %5f, as in a URL, and nothing is left to rewrite.

/** JSON of a value as text that survives tfjs-layers' renaming. */
export function toConfigText(value: unknown): string {
  return JSON.stringify(value).replace(/[A-Z_%]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
}

/** The value that {@link toConfigText} was given. */
export function fromConfigText(text: string): unknown {
  return JSON.parse(text.replace(/%([0-9a-f]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))));
}
