export { meterCallback, type MeterCallbackOptions } from './meters/meter-callback.ts';
