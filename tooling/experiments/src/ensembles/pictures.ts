import { reliabilitySvg, type Bin, type ReliabilityDiagram } from '@downhill/ensembles';
import type { Picture, TrialResult } from '../experiment.ts';

/** The arms that are drawn. */
const SHOWN = ['single', 'snapshot ensemble', 'deep ensemble of 5'];
const WIDTH = 300;

/** Reliability diagrams of some arms side by side, each over the pictures of all seeds together. */
export function reliabilityPictures(results: readonly TrialResult[]): readonly Picture[] {
  const diagrams = SHOWN.map((arm, index) => {
    const own = results.filter(({ trial }) => trial.arm === arm);
    return reliabilitySvg(pooled(own.map(binsOf)), { title: arm, width: WIDTH }).replace('<svg ', `<svg x="${index * WIDTH}" `);
  });
  const height = Number(/ height="([\d.]+)"/.exec(diagrams[0] ?? '')?.[1]);
  const all = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SHOWN.length * WIDTH} ${height}" width="${SHOWN.length * WIDTH}" height="${height}">`;
  return [
    { name: 'ensembles-reliability', alt: `reliability diagrams: ${SHOWN.join(', ')}`, svg: [all, ...diagrams, '</svg>\n'].join('\n') },
  ];
}

const binsOf = ({ outcome }: TrialResult): readonly Bin[] => (outcome.details as unknown as { readonly bins: readonly Bin[] }).bins;

/** One diagram of several with the same bins. */
function pooled(parts: readonly (readonly Bin[])[]): ReliabilityDiagram {
  const bins = (parts[0] ?? []).map(({ lower, upper }, index): Bin => {
    const own = parts.flatMap((part) => part[index] ?? []);
    return { lower, upper, ...meansOf(own) };
  });
  const { count: examples, ...means } = meansOf(bins);
  const gaps = bins.map((bin) => Math.abs(bin.accuracy - bin.confidence));
  const ece = bins.reduce((sum, { count }, index) => sum + (count / examples) * (gaps[index] ?? 0), 0);
  return { bins, ece, mce: Math.max(...gaps), ...means, examples };
}

/** Means over examples. */
function meansOf(bins: readonly Bin[]): Pick<Bin, 'count' | 'accuracy' | 'confidence'> {
  const count = bins.reduce((sum, bin) => sum + bin.count, 0);
  const mean = (of: (bin: Bin) => number): number => (count === 0 ? 0 : bins.reduce((sum, bin) => sum + bin.count * of(bin), 0) / count);
  return { count, accuracy: mean(({ accuracy }) => accuracy), confidence: mean(({ confidence }) => confidence) };
}
