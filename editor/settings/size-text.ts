const units = ['B', 'KB', 'MB', 'GB', 'TB'] as const;

/** Bytes as people read them, in powers of 1,024 as the settings count: `1.31 GB`. */
export function sizeText(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1024 && unit < units.length - 1) {
    value /= 1024;
    unit++;
  }
  return `${unit === 0 ? value : Number(value.toPrecision(3))} ${units[unit]}`;
}

const powers: { readonly [unit: string]: number } = { k: 1, m: 2, g: 3, t: 4 };

/** The bytes that a setting such as `100m` stands for; null for what is no size. */
export function bytesOf(value: unknown): number | null {
  if (typeof value === 'number') return value;
  const match = typeof value === 'string' ? /^(\d{1,15})([kmgt]?)$/i.exec(value) : null;
  return match === null ? null : Number(match[1]) * 1024 ** (powers[(match[2] ?? '').toLowerCase()] ?? 0);
}
