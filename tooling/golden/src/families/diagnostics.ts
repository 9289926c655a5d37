import { caseFamily } from '../cases/case-family.ts';
import type { Family } from '../family.ts';
import { curvesFile } from './diagnostics/curves.ts';
import { rangeTestFile } from './diagnostics/lr-range-test.ts';

const cases = caseFamily('diagnostics', {
  'lr-range-test': rangeTestFile,
});

export const diagnostics: Family = {
  ...cases,
  // A list of labelled runs instead of cases.
  replay: (file, content, backend) => (file === 'curves' ? curvesFile(content) : cases.replay(file, content, backend)),
};
