export { testSchedule, type TestScheduleOptions } from './test-schedule.ts';
export { testTransform, type TestTransformOptions } from './test-transform.ts';
