import { signal, type ReadonlySignal } from '@preact/signals';

/** Where the page is: the part after `#`, such as `#/race?surface=saddle`. */
export interface Address {
  readonly view: string;
  readonly query: URLSearchParams;
}

/** Reads the part of an address after its `#`. */
export function readAddress(hash: string): Address {
  const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split(/\?(.*)/s);
  return { view: path, query: new URLSearchParams(query) };
}

/** The part of an address after its `#`, with the signs that need no escape left legible. */
export function writeAddress({ view, query }: Address): string {
  const text = query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return text === '' ? `#/${view}` : `#/${view}?${text}`;
}

const current = signal<Address>(readAddress(globalThis.location?.hash ?? ''));
const latest = new Map<string, string>();

/** Where the page is; changes when the visitor follows a link, not when a view notes its own state. */
export const address: ReadonlySignal<Address> = current;

/** The address of a view as it was last seen. */
export const linkTo = (view: string): string => latest.get(view) ?? `#/${view}`;

const PATIENCE = 250; // ms; browsers refuse more than some 100 changes in 30 s
let waiting: ReturnType<typeof setTimeout> | undefined;

/** Puts a view's state into the address bar, so that a copied link shows the same. */
export function noteState(view: string, query: URLSearchParams): void {
  const hash = writeAddress({ view, query });
  latest.set(view, hash);
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    if (readAddress(location.hash).view === view || location.hash === '') history.replaceState(null, '', hash);
  }, PATIENCE);
}

/** Follows the address bar from now on. */
export function followAddress(): void {
  addEventListener('hashchange', () => {
    current.value = readAddress(location.hash);
  });
}
