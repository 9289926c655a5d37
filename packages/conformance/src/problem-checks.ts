import type { SmallProblem, Transform } from '@downhill/core';
import * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';
import { atLearningRates, atMultiples, excessAfter, type Attempt } from './problem-run.ts';
import { problems } from './problems/problems.ts';

/** Settings for problems: the transform as it should meet each of them, or at a learning rate. */
export type ProblemSettings = Readonly<Partial<Record<SmallProblem, () => Transform>>> | ((learningRate: number) => Transform);

/** What {@link testTransform} asks of a transform on small problems, by title. */
export function problemChecks(name: string, make: () => Transform, settings: ProblemSettings): Record<string, () => Promise<void>> {
  const limits = make().parts.map(({ rule }) => rule.cannotSolve ?? []);
  const isLeftOut = (problem: string): boolean => limits.some((limit) => limit === 'any' || (limit as readonly string[]).includes(problem));
  return Object.fromEntries(
    Object.entries(problems).flatMap(([problem, makeProblem]) => {
      if (isLeftOut(problem)) return [];
      const check = async (): Promise<void> => {
        await tf.setBackend('cpu');
        const { start, excess, share, steps } = problemOf(problem as SmallProblem);
        const first = excess(start);
        const attempts = attemptsAt(problem as SmallProblem, make, settings, steps);
        const found: string[] = [];
        for (const attempt of attempts) {
          const left = excessAfter(problemOf(problem as SmallProblem), attempt);
          if (left <= share * first) return;
          found.push(`${attempt.how} to ${left === Infinity ? 'no number' : left.toPrecision(3)}`);
        }
        expect.fail(
          `${name}, from ${first.toPrecision(3)} above the minimum, comes in ${steps} steps ${found.join('; ')}; not to ${(share * first).toPrecision(3)}. ` +
            `Give it settings (problems: { ${problem}: () => ... }), or declare cannotSolve: ['${problem}'] on the rule.`,
        );
      };
      return [[problemOf(problem as SmallProblem, makeProblem).title, check]];
    }),
  );
}

function attemptsAt(problem: SmallProblem, make: () => Transform, settings: ProblemSettings, steps: number): Iterable<Attempt> {
  if (typeof settings === 'function') return atLearningRates(settings);
  const given = settings[problem];
  return given === undefined ? atMultiples(make, steps) : [{ how: 'with the settings for it', transform: given() }];
}

const made = new Map<SmallProblem, ReturnType<(typeof problems)[SmallProblem]>>();

/** A problem, which is made once. */
function problemOf(name: SmallProblem, make: (typeof problems)[SmallProblem] = problems[name]): ReturnType<typeof make> {
  const problem = made.get(name) ?? make();
  made.set(name, problem);
  return problem;
}
