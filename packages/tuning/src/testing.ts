export { storageChecks, testStorage, type StorageUnderTest } from './testing/test-storage.ts';
