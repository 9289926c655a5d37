import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { threadId } from 'node:worker_threads';

const read = (path: string): string | undefined => unlessMissing(() => readFileSync(path, 'utf8'));

function unlessMissing<Value>(get: () => Value): Value | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}

const short = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 8);

let here: string | undefined;

/** Where process ids mean the same processes: a machine and, in a container, its own numbers. */
function place(): string {
  here ??= short([hostname(), read('/etc/machine-id'), unlessMissing(() => readlinkSync('/proc/self/ns/pid'))].join('\n'));
  return here;
}

/** Fields 3 and 22 of `/proc/PID/stat`, behind the name, which may hold anything: the state, and the start in ticks since the machine's. */
function linuxProcess(pid: number): { readonly state: string; readonly ticks: string } | undefined {
  const stat = read(`/proc/${pid}/stat`);
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  const ticks = fields[18];
  return state === undefined || ticks === undefined ? undefined : { state, ticks };
}

/** When the process began: it tells it from a later one with the same id. Only Linux says it of other processes. */
function beginOf(pid: number): string | undefined {
  const ticks = linuxProcess(pid)?.ticks;
  const machine = read('/proc/sys/kernel/random/boot_id');
  return ticks === undefined || machine === undefined ? undefined : `${short(machine)}.${ticks}`;
}

let ownBegin: string | undefined;
let made = 0;

/** A name for this process, or a part of it, that no other has, ever: `PID@HOST:PLACE:BEGIN:COUNT`. */
export function newProcessName(): string {
  made += 1;
  ownBegin ??= beginOf(process.pid) ?? String(Math.round(performance.timeOrigin));
  return `${process.pid}@${hostname()}:${place()}:${ownBegin}:${threadId}-${made}`;
}

const NAME = /^(\d+)@.*:([^:]+):([^:]+):[^:]+$/s;

/**
 * Whether a process that has such a name still runs. 'unknown' where that cannot be seen from here: another machine or container, a name that is
 * none of ours, or a process id that may be a later process's.
 */
export function processState(name: string): 'alive' | 'dead' | 'unknown' {
  const [, id, where, begin] = NAME.exec(name) ?? [];
  if (id === undefined || where !== place()) return 'unknown';
  if (!exists(Number(id))) return 'dead';
  const now = beginOf(Number(id));
  if (now === undefined) return 'unknown';
  return now === begin ? 'alive' : 'dead';
}

function exists(pid: number): boolean {
  if (/[ZX]/.test(linuxProcess(pid)?.state ?? '')) return false; // it has ended, and nobody has asked how
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'; // it is there, and another user's
  }
}
