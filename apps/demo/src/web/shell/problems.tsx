import type { ReadonlySignal } from '@preact/signals';
import type { JSX } from 'preact';

/** What went wrong, in words; nothing where all is well. */
export function Problems({ texts }: { readonly texts: ReadonlySignal<readonly string[]> }): JSX.Element {
  return (
    <div role="alert" class="problems">
      {texts.value.map((text) => (
        <p key={text} class="problem">
          {text}
        </p>
      ))}
    </div>
  );
}
