import { expect, test } from 'vitest';
import type { CultivoConfig } from '../dsl/config.ts';
import { memoryStore } from '../store/memory/memory-store.ts';
import { openPorts } from './index.ts';

const open = (config: Pick<CultivoConfig, 'messaging' | 'crm'>) =>
  openPorts(config, {}, memoryStore());

test('by default everything is kept in the store', async () => {
  const { ports, close } = await open({});
  expect(Object.values(ports).map(({ vendor }) => vendor)).toEqual(['local', 'local', 'local']);
  await close();
});

test('a vendor that nobody knows, and one of what is no channel of its own, are refused', async () => {
  const post = { channel: 'email', vendor: 'post' } as const;
  await expect(open({ messaging: { email: post } })).rejects.toThrow(
    'email vendor: expected one of local, resend, received "post"',
  );
  const call = { channel: 'call', vendor: 'local' } as const;
  await expect(open({ messaging: { call } })).rejects.toThrow(
    'messaging: expected one of crm, email, webhook, received "call"',
  );
});
