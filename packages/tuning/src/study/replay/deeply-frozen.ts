/** Freezes plain data and all that is in it. */
export function deeplyFrozen<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null) return data;
  for (const part of Object.values(data)) deeplyFrozen(part);
  return Object.freeze(data);
}
