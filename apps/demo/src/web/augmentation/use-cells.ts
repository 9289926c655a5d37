import { signal, type Signal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import type { Result } from '../work/result.ts';
import type { Cell, Part, ShownIn } from './augmentation-protocol.ts';
import { MIXED, SAMPLES } from './augmentation-state.ts';
import { OPERATIONS } from './operations.ts';
import { VIEW_TITLES } from './test-views.ts';

/** What each cell of a part shows; `undefined` before it is worked out. Each is a signal of its own: a new picture draws one canvas anew. */
export type Cells = { readonly [P in Part]: readonly Signal<Result<ShownIn[P]> | undefined>[] };

const empty = <Shown>(count: number): readonly Signal<Result<Shown> | undefined>[] =>
  Array.from({ length: count }, () => signal<Result<Shown> | undefined>(undefined));

/** The cells of the view, and how an answer gets into one. */
export function useCells(): { readonly cells: Cells; take(cell: Cell): void } {
  return useMemo(() => {
    const cells: Cells = {
      sample: empty(SAMPLES),
      gallery: empty(OPERATIONS.length),
      mixup: empty(MIXED),
      cutmix: empty(MIXED),
      view: empty(VIEW_TITLES.length),
    };
    return {
      cells,
      take({ part, index, result }) {
        const cell = cells[part][index] as Signal<unknown> | undefined;
        if (cell !== undefined) cell.value = result;
      },
    };
  }, []);
}
