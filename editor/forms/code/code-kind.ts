/** What a text is written in. */
export type CodeKind = 'jsonata' | 'template' | 'json' | 'yaml' | 'text';
