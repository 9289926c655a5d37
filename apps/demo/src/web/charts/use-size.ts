import { signal, type ReadonlySignal } from '@preact/signals';
import type { RefObject } from 'preact';
import { useEffect, useMemo } from 'preact/hooks';

export interface ElementSize {
  readonly width: number;
  readonly height: number;
}

/** The size of an element in CSS pixels, as it changes; zero before it is there. */
export function useSize(element: RefObject<HTMLElement | null>): ReadonlySignal<ElementSize> {
  const size = useMemo(() => signal<ElementSize>({ width: 0, height: 0 }), []);
  useEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const observer = new ResizeObserver(() => {
      const { clientWidth: width, clientHeight: height } = current;
      if (width !== size.value.width || height !== size.value.height) size.value = { width, height };
    });
    observer.observe(current);
    return () => observer.disconnect();
  }, []);
  return size;
}
