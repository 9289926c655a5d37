import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { ToTrial, TrialRequest } from '../parallel/trial-message.ts';
import { packLetter, packReply, unpackLetter, unpackReply } from './frame.ts';

const bytes = fc.uint8Array({ maxLength: 50 });
const json = fc.jsonValue().map((value) => JSON.parse(JSON.stringify(value)) as unknown); // JSON has no -0

const request: fc.Arbitrary<TrialRequest> = fc.oneof(
  fc.constant<TrialRequest>({ type: 'task' }),
  fc.record({ type: fc.constant('report' as const), step: fc.nat(), value: fc.double().map(String) }),
  fc.record({ type: fc.constant('attribute' as const), key: fc.string(), value: json as fc.Arbitrary<null> }),
  fc.record({ type: fc.constant('write' as const), name: fc.string(), bytes }),
);
const reply: fc.Arbitrary<ToTrial> = fc.oneof(
  fc.record({
    type: fc.constant('answer' as const),
    id: fc.nat(),
    answer: fc.oneof(bytes, fc.boolean(), fc.constant(null), fc.array(fc.string())),
  }),
  fc.record({ type: fc.constant('refusal' as const), id: fc.nat(), error: fc.record({ name: fc.string(), message: fc.string() }) }),
  fc.constant<ToTrial>({ type: 'stop' }),
);

test('what is asked arrives as it was sent, bytes and all', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat(), request, (token, id, asked) => {
      const letter = { token, answers: `${token}:answers`, message: { id, request: asked } };
      expect(unpackLetter(packLetter(letter))).toEqual(letter);
    }),
  );
});

test('so does what is answered', () => {
  fc.assert(
    fc.property(reply, (answered) => {
      expect(unpackReply(packReply(answered))).toEqual(answered);
    }),
  );
});
