import { numberText } from '@downhill/core/page';
import type { PageHistogram } from '../page-data.ts';
import { element, themeColour } from './elements.ts';

const BINS = 60;

/** A histogram over the steps as a picture: steps go to the right, values up, and the more values lie somewhere, the darker it is. */
export function histogramCard({ name, frames }: PageHistogram): { readonly root: HTMLElement; draw(): void } {
  const edges = frames.flatMap((frame) => frame.edges);
  const [low, high] = [edges.reduce((a, b) => Math.min(a, b), Infinity), edges.reduce((a, b) => Math.max(a, b), -Infinity)];
  const columns = frames.map(({ edges, counts }) => spread(edges, counts, low, high));
  const canvas = element('canvas', {
    width: frames.length,
    height: BINS,
    role: 'img',
    'aria-label': `${name}: ${described(frames.at(-1))}`,
  });
  const [first, last] = [frames[0], frames.at(-1)];
  const readout = element('span', {}, `values ${numberText(low)} to ${numberText(high)}`);
  canvas.addEventListener('mousemove', ({ offsetX }) => {
    const frame = frames[Math.min(frames.length - 1, Math.floor((offsetX / canvas.clientWidth) * frames.length))];
    if (frame !== undefined) readout.textContent = `step ${frame.step}: ${described(frame)}`;
  });
  canvas.addEventListener('mouseleave', () => (readout.textContent = `values ${numberText(low)} to ${numberText(high)}`));
  const root = element(
    'article',
    { className: 'card' },
    element('header', {}, element('h3', {}, name)),
    canvas,
    element('div', { className: 'scale' }, `step ${first?.step ?? 0}`, readout, `step ${last?.step ?? 0}`),
  );
  return {
    root,
    draw() {
      const context = canvas.getContext('2d');
      if (context === null) return;
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.fillStyle = themeColour('accent');
      for (const [x, densities] of columns.entries()) {
        const most = Math.max(...densities);
        for (const [bin, density] of densities.entries()) {
          context.globalAlpha = most === 0 ? 0 : Math.sqrt(density / most);
          context.fillRect(x, BINS - 1 - bin, 1, 1);
        }
      }
    },
  };
}

/** The counts on bins of equal width over the whole picture, each count spread evenly over its own bin. */
function spread(edges: readonly number[], counts: readonly number[], low: number, high: number): number[] {
  const width = (high - low) / BINS || 1;
  return Array.from({ length: BINS }, (_, bin) => {
    const [from, to] = [low + bin * width, low + (bin + 1) * width];
    return counts.reduce((sum, count, i) => {
      const [start, end] = [edges[i] ?? 0, edges[i + 1] ?? 0];
      const overlap = Math.min(to, end) - Math.max(from, start);
      return overlap <= 0 || end <= start ? sum : sum + (count * overlap) / (end - start);
    }, 0);
  });
}

/** Where the middle of the values lies, and how many there are. */
function described(frame: PageHistogram['frames'][number] | undefined): string {
  const total = frame?.counts.reduce((a, b) => a + b, 0) ?? 0;
  let below = 0;
  const middle = frame?.counts.findIndex((count) => (below += count) * 2 >= total) ?? 0;
  return `${total} values, the middle one near ${numberText(frame?.edges[middle] ?? 0, 2)}`;
}
