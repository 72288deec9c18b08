import { Buffer } from 'node:buffer';
import { open } from 'node:fs/promises';

const blockBytes = 256 * 1024;

/** Whether two files hold the same bytes. Throws the system's error. */
export async function sameContent(a: string, b: string): Promise<boolean> {
  const first = await open(a, 'r');
  try {
    const second = await open(b, 'r');
    try {
      const blocks = [Buffer.alloc(blockBytes), Buffer.alloc(blockBytes)] as const;
      for (let position = 0; ; position += blockBytes) {
        const { bytesRead } = await first.read(blocks[0], 0, blockBytes, position);
        await second.read(blocks[1], 0, blockBytes, position);
        if (!blocks[0].equals(blocks[1])) return false;
        if (bytesRead < blockBytes) return true;
      }
    } finally {
      await second.close();
    }
  } finally {
    await first.close();
  }
}
