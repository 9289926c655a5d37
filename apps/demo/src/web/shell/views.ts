import type { ComponentType } from 'preact';

/** A page of the demo: a folder with one component, fetched when it is first opened. */
export interface View {
  /** Its place in the address: `#/race`. */
  readonly id: string;
  readonly title: string;
  load(): Promise<ComponentType>;
}

/** All views, in the order of the navigation; the first one is opened where the address names none. */
export const VIEWS: readonly [View, ...View[]] = [
  { id: 'race', title: 'Race', load: async () => (await import('../race/race-view.tsx')).RaceView },
  { id: 'schedules', title: 'Schedules', load: async () => (await import('../schedules/schedules-view.tsx')).SchedulesView },
  { id: 'train', title: 'Train', load: async () => (await import('../train/train-view.tsx')).TrainView },
  {
    id: 'regularization',
    title: 'Regularization',
    load: async () => (await import('../regularization/regularization-view.tsx')).RegularizationView,
  },
  { id: 'augmentation', title: 'Augmentation', load: async () => (await import('../augmentation/augmentation-view.tsx')).AugmentationView },
  { id: 'search', title: 'Search', load: async () => (await import('../search/search-view.tsx')).SearchView },
  { id: 'snapshots', title: 'Snapshots', load: async () => (await import('../snapshots/snapshots-view.tsx')).SnapshotsView },
  { id: 'doctor', title: 'Doctor', load: async () => (await import('../doctor/doctor-view.tsx')).DoctorView },
];
