import type { Gallery } from './gallery.ts';

/** The galleries by the name that the command takes; each is loaded when it is drawn. */
export const galleries: Readonly<Record<string, () => Promise<Gallery>>> = {
  augmentation: () => import('./augmentation/augmentation.ts').then(({ augmentation }) => augmentation),
  symptoms: () => import('./symptoms/symptoms.ts').then(({ symptoms }) => symptoms),
};
