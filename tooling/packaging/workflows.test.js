import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../run/lib/root.js';

const folder = join(root, '.github/workflows');
const workflows = readdirSync(folder).map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));

describe.each(workflows)('$name', ({ text }) => {
  test('grants nothing to a job that does not ask', () => expect(text).toMatch(/^permissions: \{\}$/m));

  test('names each action by the hash of its commit', () => {
    const actions = [...text.matchAll(/uses: *(\S+)/g)].map(([, action]) => action);
    expect(actions.length).toBeGreaterThan(0);
    for (const action of actions) expect(action).toMatch(/@[0-9a-f]{40}$/);
  });
});

describe('release.yml', () => {
  const text = workflows.find(({ name }) => name === 'release.yml')?.text ?? '';
  const jobs = text
    .slice(text.indexOf('\njobs:'))
    .split(/^ {2}(?=[a-z]+:$)/m)
    .slice(1);

  test('has one job that can prove to npm who it is, and that one cannot write to the repository', () => {
    const publishing = jobs.filter((job) => job.includes('id-token: write'));
    expect(publishing).toHaveLength(1);
    expect(publishing[0]).toMatch(/^publish:/);
    expect(publishing[0]).toContain('contents: read');
    expect(publishing[0]?.match(/: write/g)).toHaveLength(1);
    expect(publishing[0]).toContain("NPM_CONFIG_PROVENANCE: 'true'");
  });

  test('takes no token of npm', () => expect(text).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN|^ *registry-url:/m));
});
