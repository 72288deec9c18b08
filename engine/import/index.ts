export { exportProject } from './export.ts';
export { readImport } from './read.ts';
export * from './types.ts';
