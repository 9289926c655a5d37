import type { mySchedule } from './my-schedule.ts';

export { mySchedule, type MyScheduleOptions } from './my-schedule.ts';

// So that TypeScript knows the options of factoryNamed('mySchedule').
declare module '@downhill/core' {
  interface PluginFactories {
    readonly mySchedule: typeof mySchedule;
  }
}
