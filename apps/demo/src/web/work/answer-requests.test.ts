import { afterEach, expect, test, vi } from 'vitest';
import { answerRequests, type Asked } from './answer-requests.ts';

afterEach(() => vi.unstubAllGlobals());

/** What a worker has around it. */
function scope(): { request(id: number, request: string): void; readonly sent: unknown[] } {
  const messages = new EventTarget();
  const sent: unknown[] = [];
  vi.stubGlobal('addEventListener', messages.addEventListener.bind(messages));
  vi.stubGlobal('postMessage', (message: unknown) => sent.push(message));
  return { sent, request: (id, request) => void messages.dispatchEvent(new MessageEvent('message', { data: { id, request } })) };
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

test('an answer carries the number of its request', async () => {
  const { request, sent } = scope();
  answerRequests<string, string>(async (word, { tell }) => tell(word.toUpperCase()));
  request(1, 'one');
  request(2, 'two');
  await settled();
  expect(sent).toEqual([
    { id: 1, answer: 'ONE' },
    { id: 2, answer: 'TWO' },
  ]);
});

test('a later request takes the place of an earlier one, of which nothing is told any more', async () => {
  const { request, sent } = scope();
  const asked: Asked<string>[] = [];
  answerRequests<string, string>(async (_, each) => void asked.push(each));
  request(1, 'one');
  request(2, 'two');
  expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
  for (const { tell } of asked) tell('done');
  expect(sent).toEqual([{ id: 2, answer: 'done' }]);
});

test('an error is told as a message', async () => {
  const { request, sent } = scope();
  answerRequests<string, string>(async (word) => {
    throw new Error(`there is no ${word}`);
  });
  request(7, 'such thing');
  await settled();
  expect(sent).toEqual([{ id: 7, failure: 'there is no such thing' }]);
});
