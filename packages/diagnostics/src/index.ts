export type { Curves, CurveValue } from './curves.ts';
export type { HistogramReading, MatrixReading, ReadAt, Reading, RunInfo, ScalarReading, Sink, TextReading } from './reading.ts';
export { curveDoctor, type CurveDoctor, type CurveDoctorOptions } from './doctor/curve-doctor.ts';
export { curvesFileRuns, curvesOf, type CurvesFileRun } from './doctor/curves-file.ts';
export { diagnose, type Diagnosis, type DiagnosisEvidence, type OtherFinding } from './doctor/diagnose.ts';
export type { FeatureName } from './doctor/features/features.ts';
export { LABELS, type Label } from './doctor/rule.ts';
