import type { Backend } from '../../family.ts';

/** On the fallback everything runs as plain tfjs operations. */
export const executionOn = (backend: Backend): 'fused' | 'ops' => (backend === 'tfjs' ? 'ops' : 'fused');
