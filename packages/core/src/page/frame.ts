/** What all pages share: the palette in light and dark, the body, the header. */
export const FRAME = `:root {
  color-scheme: light dark;
  --paper: light-dark(#f6f8fa, #0d1117);
  --card: light-dark(#ffffff, #161b22);
  --ink: light-dark(#1f2328, #e6edf3);
  --quiet: light-dark(#59636e, #9198a1);
  --rule: light-dark(#d8dee4, #30363d);
  --accent: light-dark(#0969da, #4493f8);
  --wrong: light-dark(#cf222e, #f85149);
}
:root[data-theme='light'] { color-scheme: light; }
:root[data-theme='dark'] { color-scheme: dark; }
* { box-sizing: border-box; }
body {
  margin: 0;
  background: var(--paper);
  color: var(--ink);
  font: 15px/1.5 system-ui, -apple-system, 'Segoe UI', sans-serif;
}
header {
  display: flex;
  gap: 1rem;
  align-items: center;
  justify-content: space-between;
  padding: 1rem clamp(1rem, 4vw, 3rem);
  border-bottom: 1px solid var(--rule);
  background: var(--card);
}
h1 { margin: 0; font-size: 1.35rem; overflow-wrap: anywhere; }
`;
