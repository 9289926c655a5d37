/** The largest file that is read, and the most pixels that are decoded: what a good camera makes. */
export const MOST_BYTES = 50e6;
const MOST_PIXELS = 60e6;

/** What is wrong with a file before it is opened, in words. */
export function fileProblem({ name, size }: Pick<File, 'name' | 'size'>): string | undefined {
  if (size === 0) return `'${name}' is empty: it has no bytes. Choose another picture.`;
  if (size > MOST_BYTES)
    return `'${name}' is too large: it has ${Math.round(size / 1e6)} MB, and at most ${MOST_BYTES / 1e6} MB are read. Make it smaller first.`;
  return undefined;
}

/** What is wrong with a picture of so many pixels, in words. */
export function sizeProblem(name: string, { width, height }: { readonly width: number; readonly height: number }): string | undefined {
  if (width * height <= MOST_PIXELS) return undefined;
  return `'${name}' is too large: it has ${width} × ${height} pixels, and at most ${MOST_PIXELS / 1e6} million are decoded. Make it smaller first.`;
}

export const undecodable = (name: string): string =>
  `'${name}' does not decode as a picture: it may be damaged or something else. PNG, JPEG, WebP, GIF and AVIF do.`;
