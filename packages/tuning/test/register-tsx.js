// Lets a worker thread, or a process, of Node 20 read TypeScript; tsx by itself registers in main threads only.
import { register } from 'tsx/esm/api';

register();
