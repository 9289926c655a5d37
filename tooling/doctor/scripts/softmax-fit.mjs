// Softmax regression with weights that are never negative: evidence speaks for its rule or not at all.

/** @typedef {{ handicap: number, strengths: number[] }} Seen what a rule sees in a run */

/**
 * @param {{ seen: Seen[], label: string, weight: number }[]} rows `seen` by rule
 * @param {{ name: string, label: string, evidence: readonly unknown[] }[]} rules
 * @param {{ steps?: number, decay?: number }} options
 * @returns {{ bias: number, evidence: number[] }[]} by rule
 */
export function fit(rows, rules, { steps = 600, decay = 3e-4 } = {}) {
  const parameters = rules.map(({ evidence }) => ({ bias: 0, evidence: evidence.map(() => 1) }));
  const flat = () => parameters.flatMap(({ bias, evidence }) => [bias, ...evidence]);
  const m = flat().map(() => 0);
  const v = flat().map(() => 0);
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  for (let step = 1; step <= steps; step++) {
    const gradient = rules.map(({ evidence }) => ({ bias: 0, evidence: evidence.map(() => 0) }));
    for (const { seen, label, weight } of rows) {
      const scores = scoresOf(seen, parameters);
      const most = Math.max(...scores);
      const shares = scores.map((score) => Math.exp(score - most));
      const all = shares.reduce((sum, share) => sum + share, 0);
      const own = shares.reduce((sum, share, i) => (rules[i].label === label ? sum + share : sum), 0);
      shares.forEach((share, i) => {
        const error = (weight / total) * (share / all - (rules[i].label === label ? share / own : 0));
        gradient[i].bias += error;
        for (let j = 0; j < seen[i].strengths.length; j++) gradient[i].evidence[j] += error * seen[i].strengths[j];
      });
    }
    let at = 0;
    const rate = 0.1 * (1 - step / steps) + 0.001;
    const moved = (value, slope) => {
      m[at] = 0.9 * m[at] + 0.1 * slope;
      v[at] = 0.99 * v[at] + 0.01 * slope * slope;
      const next = value - (rate * (m[at] / (1 - 0.9 ** step))) / (Math.sqrt(v[at] / (1 - 0.99 ** step)) + 1e-8);
      at += 1;
      return next;
    };
    parameters.forEach((own, i) => {
      own.bias = moved(own.bias, gradient[i].bias);
      own.evidence = own.evidence.map((value, j) => Math.max(0, moved(value, gradient[i].evidence[j] + decay * value)));
    });
  }
  return parameters;
}

/** @param {Seen[]} seen @param {{ bias: number, evidence: number[] }[]} parameters */
export const scoresOf = (seen, parameters) =>
  parameters.map(({ bias, evidence }, i) =>
    seen[i].strengths.reduce((sum, strength, j) => sum + evidence[j] * strength, bias + seen[i].handicap),
  );

/** @returns {string} the label of the largest share */
export function labelOf(seen, parameters, rules) {
  const scores = scoresOf(seen, parameters);
  const most = Math.max(...scores);
  const shares = new Map();
  scores.forEach((score, i) => shares.set(rules[i].label, (shares.get(rules[i].label) ?? 0) + Math.exp(score - most)));
  return [...shares].sort(([, a], [, b]) => b - a)[0][0];
}
