import { createInterface } from 'node:readline';
import type { Contender } from '../measure/contender.ts';
import type { Answer, Question } from './protocol.ts';

/** Answers questions about one contender, until standard input ends. */
export async function serve(prepare: () => Promise<Contender>): Promise<void> {
  const say = (answer: Answer): void => void process.stdout.write(`${JSON.stringify(answer)}\n`);
  try {
    const contender = await prepare();
    say({ ready: contender.notes ?? {} });
    for await (const line of createInterface({ input: process.stdin })) say(await answerTo(JSON.parse(line) as Question, contender));
  } catch (error) {
    say({ error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}

async function answerTo(question: Question, contender: Contender): Promise<Answer> {
  switch (question.do) {
    case 'steps':
      return { ms: await time(contender, question.count) };
    case 'kernels':
      return { kernels: contender.kernels?.(question.count) ?? [] };
    default:
      throw new Error(`unknown question ${JSON.stringify(question satisfies never)}`);
  }
}

async function time(contender: Contender, count: number): Promise<readonly number[]> {
  globalThis.gc?.(); // the garbage of earlier turns is not this turn's
  const times: number[] = [];
  for (let step = 0; step < count; step++) {
    const start = performance.now();
    const done = contender.step();
    if (done !== undefined) await done;
    times.push(performance.now() - start);
  }
  return times;
}
