import { signal, useSignalEffect } from '@preact/signals';
import type { ComponentType, JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { address, followAddress, linkTo } from './address.ts';
import { chooseTheme, followTheme, theme, THEMES } from './theme.ts';
import { VIEWS, type View } from './views.ts';

followTheme();
followAddress();

/** What the main part shows: a view, or why there is none. */
type Shown =
  | { readonly kind: 'loading' }
  | { readonly kind: 'view'; readonly view: View; readonly Component: ComponentType }
  | { readonly kind: 'failed'; readonly view: View; readonly message: string };

const shown = signal<Shown>({ kind: 'loading' });
const open = (): View => VIEWS.find(({ id }) => id === address.value.view) ?? VIEWS[0];

async function show(view: View): Promise<void> {
  document.title = `${view.title} · Downhill`;
  const next = await view.load().then(
    (Component): Shown => ({ kind: 'view', view, Component }),
    (error: unknown): Shown => ({ kind: 'failed', view, message: String(error) }),
  );
  if (open() === view) shown.value = next;
}

/** The frame of every view: header, navigation, theme, main part. */
export function App(): JSX.Element {
  useSignalEffect(() => void show(open()));
  const current = open().id;
  return (
    <>
      <a class="skip" href="#main" onClick={toMain}>
        To the content
      </a>
      <header>
        <h1>Downhill</h1>
        <nav aria-label="Views">
          {VIEWS.map(({ id, title }) => (
            <a key={id} href={linkTo(id)} aria-current={id === current ? 'page' : undefined}>
              {title}
            </a>
          ))}
        </nav>
        <label class="theme">
          <span>Theme</span>
          <select value={theme.value} onChange={({ currentTarget }) => chooseTheme(THEMES[currentTarget.selectedIndex] ?? 'system')}>
            {THEMES.map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
      </header>
      <Main />
    </>
  );
}

const toMain = (event: Event): void => {
  event.preventDefault(); // the part after # is ours
  document.getElementById('main')?.focus();
};

function Main(): JSX.Element {
  const main = useRef<HTMLElement>(null);
  const before = useRef<View | undefined>(undefined);
  const now = shown.value;
  useEffect(() => {
    if (now.kind !== 'view') return;
    if (before.current !== undefined && before.current !== now.view) main.current?.focus(); // a link led here: readers start at the top
    before.current = now.view;
  }, [now]);
  return (
    <main id="main" tabIndex={-1} ref={main} aria-busy={now.kind === 'loading'}>
      {now.kind === 'view' && <now.Component key={now.view.id} />}
      {now.kind === 'loading' && <p class="quiet">Loading …</p>}
      {now.kind === 'failed' && (
        <p role="alert" class="problem">
          {now.view.title} could not be loaded ({now.message}). Check the connection and load the page again.
        </p>
      )}
    </main>
  );
}
