// node scripts/fit.mjs [--write]: weighs the evidence of the doctor's rules on the runs that are not set aside, and says how well that goes
// (cross-validated, and on other views of the runs); with --write it writes the weights into @downhill/diagnostics instead.
import { writeFileSync } from 'node:fs';
import { handicap, strength } from '../../../packages/diagnostics/dist/doctor/evidence.js';
import { featuresOf } from '../../../packages/diagnostics/dist/doctor/features/features.js';
import { rules as allRules } from '../../../packages/diagnostics/dist/doctor/rules/rules.js';
import { runOf } from '../../../packages/diagnostics/dist/doctor/series.js';
import { curvesOf } from '@downhill/diagnostics';
import { labelledRuns, provokedTraining, referenceFile, setAside } from '../dist/labelled.js';
import { perturbations } from '../dist/perturbations.js';
import { fit, labelOf } from './softmax-fit.mjs';

const sources = [setAside(labelledRuns(referenceFile)).training, labelledRuns(provokedTraining)];

/** A loss that is NaN needs no weighing. */
const rules = allRules.filter(({ label }) => label !== 'diverged_nan');
const seenIn = (curves) => {
  const features = featuresOf(runOf(curves));
  return rules.map(({ evidence, required = [] }) => ({
    handicap: handicap(required, features),
    strengths: evidence.map((each) => strength(each, features)),
  }));
};
/** The views that the fit sees, and how much each counts. */
const views = {
  'as it is': 1,
  'no accuracies': 0.15,
  'no validation': 0.1,
  'no rate': 0.15,
  'no initial loss': 0.15,
  'no classes': 0.1,
  'every second epoch': 0.2,
  '2 % noise on all losses': 0.2,
};
const needs = { overfitting: ['no validation'], data_label_noise: ['no validation', 'no accuracies'] };
const rowsOf = (run, i) =>
  Object.entries(views)
    .filter(([name]) => !(needs[run.label] ?? []).includes(name))
    .map(([name, weight]) => ({ label: run.label, weight, seen: seenIn(perturbations[name](curvesOf(run), i)) }));

const runs = sources.flatMap((source, origin) =>
  source.filter(({ label }) => label !== 'diverged_nan').map((run, i) => ({ run, origin, rows: rowsOf(run, i) })),
);
const shuffled = runs.map((each, i) => ({ ...each, fold: i % 5 }));

const tally = (title, pairs) => {
  const right = pairs.filter(([truth, said]) => truth === said).length;
  const recall = [...new Set(pairs.map(([truth]) => truth))].map((label) => {
    const own = pairs.filter(([truth]) => truth === label);
    return [label, own.filter(([, said]) => said === label).length / own.length];
  });
  const low = recall.filter(([, share]) => share < 0.95).map(([label, share]) => `${label} ${share.toFixed(2)}`);
  console.log(`${title}: ${(right / pairs.length).toFixed(3)} of ${pairs.length}; below 0.95: ${low.join(', ') || 'none'}`);
};

function crossValidate() {
  const fitted = [0, 1, 2, 3, 4].map((fold) =>
    fit(
      shuffled.filter((each) => each.fold !== fold).flatMap(({ rows }) => rows),
      rules,
    ),
  );
  for (const [name, perturb] of Object.entries(perturbations))
    for (const origin of sources.keys()) {
      const own = shuffled.filter((each) => each.origin === origin);
      tally(
        `source ${origin}, ${name}`,
        own.map(({ run, fold }, i) => [run.label, labelOf(seenIn(perturb(curvesOf(run), i)), fitted[fold], rules)]),
      );
    }
  for (const { run, fold, origin } of shuffled) {
    const said = labelOf(seenIn(curvesOf(run)), fitted[fold], rules);
    if (said !== run.label) console.log(`  ${origin} ${run.id}: ${run.label} -> ${said}: ${run.how}`);
  }
}

function write() {
  const final = fit(
    runs.flatMap(({ rows }) => rows),
    rules,
  );
  const text = rules
    .map(
      ({ name }, i) =>
        `  '${name}': { bias: ${final[i].bias.toFixed(2)}, evidence: [${final[i].evidence.map((value) => value.toFixed(2)).join(', ')}] },\n`,
    )
    .join('');
  writeFileSync(
    new URL('../../../packages/diagnostics/src/doctor/weights.ts', import.meta.url),
    `/** How much each rule's evidence counts, in the order in which the rule lists it. Written by the fit in tooling/doctor. */\nexport const WEIGHTS: Readonly<Record<string, { readonly bias: number; readonly evidence: readonly number[] }>> = {\n${text}};\n`,
  );
}

if (process.argv.includes('--write')) write();
else crossValidate();
