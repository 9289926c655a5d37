import type { JSX } from 'preact';

/** What went wrong, in words; nothing where all is well. */
export function Problems({ texts }: { readonly texts: readonly string[] }): JSX.Element {
  return (
    <div role="alert" class="problems">
      {texts.map((text) => (
        <p key={text} class="problem">
          {text}
        </p>
      ))}
    </div>
  );
}
