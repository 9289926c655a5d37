/** What a gallery comes to. */
export interface Drawn {
  /** Files of its folder, by name. */
  readonly files: ReadonlyMap<string, string | Uint8Array>;
  /** Shows them: the package's README with the gallery in its place. */
  readonly inReadme: (readme: string) => string;
}

/** Pictures for the README of a package. */
export interface Gallery {
  /** The folder of the package. */
  readonly of: string;
  /** Draws all of it, the same bytes every time. */
  readonly draw: (tell: (what: string) => void) => Promise<Drawn>;
}
