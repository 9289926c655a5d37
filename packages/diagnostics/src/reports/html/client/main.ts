// The script of a report's page: draws what the page holds as data and listens to its reader.
import type { PageData } from '../page-data.ts';
import { chartsOf } from './charts.ts';
import { byId } from './elements.ts';
import { histogramCard } from './histograms.ts';
import { runsTable } from './runs.ts';
import type { State } from './state.ts';
import { themeSwitch } from '@downhill/core/page';

const data = JSON.parse(byId('data')?.textContent ?? '{"runs":[]}') as PageData;
const state: State = { smoothing: 0, across: 'steps', visible: new Set(data.runs.keys()) };
const charts = chartsOf(data);
const histograms = [...document.querySelectorAll<HTMLElement>('.histograms')].flatMap((place) => {
  const cards = (data.runs[Number(place.dataset['run'])]?.histograms ?? []).map(histogramCard);
  place.append(...cards.map(({ root }) => root));
  return cards;
});
const drawCharts = (): void => charts.forEach((chart) => chart.draw(state));
const drawAll = (): void => {
  drawCharts();
  histograms.forEach((card) => card.draw());
};

byId('grid')?.append(...charts.map(({ root }) => root));
drawAll();
themeSwitch(drawAll);

const smoothing = byId<HTMLInputElement>('smoothing');
smoothing?.addEventListener('input', () => {
  state.smoothing = Number(smoothing.value);
  const output = byId('smoothing-value');
  if (output !== null) output.textContent = smoothing.value;
  drawCharts();
});
const across = byId<HTMLSelectElement>('across');
across?.addEventListener('change', () => {
  state.across = across.value === 'epochs' ? 'epochs' : 'steps';
  drawCharts();
});

const pick = byId<HTMLSelectElement>('run');
const showDetails = (run: number): void => {
  if (pick !== null) pick.value = String(run);
  for (const details of document.querySelectorAll<HTMLElement>('.details')) details.hidden = Number(details.dataset['run']) !== run;
};
if (pick !== null) {
  showDetails(0);
  pick.addEventListener('change', () => showDetails(Number(pick.value)));
}
runsTable({
  change(visible) {
    state.visible.clear();
    for (const run of visible) state.visible.add(run);
    drawCharts();
  },
  point: (run) => charts.forEach((chart) => chart.highlight(run)),
  pick: showDetails,
});
