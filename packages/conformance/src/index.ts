export { testSchedule, type TestScheduleOptions } from './test-schedule.ts';
