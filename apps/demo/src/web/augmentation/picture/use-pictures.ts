import { useComputed, useSignal, type ReadonlySignal, type Signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Picture } from '../augmentation-protocol.ts';
import type { AugmentationState } from '../augmentation-state.ts';
import { PICTURE_FILES, PICTURE_NAMES, type PictureName } from './built-in.ts';
import { decoded } from './decoded.ts';

/** A picture with what is said of it. */
export interface NamedPicture extends Picture {
  readonly name: string;
  /** Its size before it was made square and small. */
  readonly width: number;
  readonly height: number;
}

export interface Pictures {
  /** What the operations are shown on; `undefined` until it is decoded. */
  readonly picture: ReadonlySignal<NamedPicture | undefined>;
  readonly partner: ReadonlySignal<NamedPicture | undefined>;
  /** The visitor's own, where there is one. */
  readonly own: Signal<NamedPicture | undefined>;
  /** Why the file that was opened last is not shown. */
  readonly problem: Signal<string | undefined>;
  /** Shows a file in place of the picture; one that is no picture leaves all as it is, and is said. */
  open(file: File): void;
}

type BuiltIn = Readonly<Partial<Record<PictureName, NamedPicture>>>;

/** The pictures of the view: those that come with the page, and what the visitor opens. */
export function usePictures(state: ReadonlySignal<AugmentationState>): Pictures {
  const builtIn = useSignal<BuiltIn>({});
  const own = useSignal<NamedPicture | undefined>(undefined);
  const problem = useSignal<string | undefined>(undefined);
  const opening = useRef<AbortController | undefined>(undefined);
  const opened = useRef<number>(PICTURE_NAMES.length);

  const load = async (name: PictureName, number: number, signal: AbortSignal): Promise<void> => {
    const answer = await decoded({ name, file: PICTURE_FILES[name] }, signal);
    if ('problem' in answer) problem.value = answer.problem;
    else builtIn.value = { ...builtIn.value, [name]: { ...answer, name, number } };
  };
  const show = async (file: File, signal: AbortSignal): Promise<void> => {
    const answer = await decoded({ name: file.name, file }, signal);
    if ('problem' in answer) problem.value = `${answer.problem} The picture from before stays.`;
    else own.value = { ...answer, name: file.name, number: opened.current++ };
  };
  useEffect(() => {
    const left = new AbortController();
    for (const [number, name] of PICTURE_NAMES.entries()) void load(name, number, left.signal);
    return () => {
      left.abort();
      opening.current?.abort();
    };
  }, []);

  return {
    own,
    problem,
    picture: useComputed(() => own.value ?? builtIn.value[state.value.picture]),
    partner: useComputed(() => builtIn.value[state.value.partner]),
    open(file) {
      opening.current?.abort();
      const attempt = new AbortController();
      opening.current = attempt;
      problem.value = undefined;
      void show(file, attempt.signal);
    },
  };
}
