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
  { id: 'race', title: 'Optimizer race', load: async () => (await import('../race/race-view.tsx')).RaceView },
  { id: 'schedules', title: 'Schedules', load: async () => (await import('../schedules/schedules-view.tsx')).SchedulesView },
  { id: 'search', title: 'Search', load: async () => (await import('../search/search-view.tsx')).SearchView },
  { id: 'snapshots', title: 'Snapshots', load: async () => (await import('../snapshots/snapshots-view.tsx')).SnapshotsView },
];
