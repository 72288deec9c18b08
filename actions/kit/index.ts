export * from './check.ts';
export * from './define.ts';
export * from './fields.ts';
export * from './values.ts';
