import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs-core';
import { expectTypeOf, test } from 'vitest';
import type { Member } from './member.ts';
import { viewsOf } from './views-of.ts';

declare const member: Member;
declare const turned: (images: Tensor4D) => Tensor4D;

test('views are of images, unless they say otherwise', () => {
  viewsOf(member, [(xs) => xs, (xs) => turned(xs), turned]);
  viewsOf(
    member,
    [turned, turned].map((view) => (xs) => view(xs)),
  );
  viewsOf(member, [(xs) => (expectTypeOf(xs).toEqualTypeOf<Tensor4D>(), xs)]);
  viewsOf(member, [(rows: Tensor2D) => rows]);
  viewsOf(member, [(xs: Tensor) => xs]);
});
