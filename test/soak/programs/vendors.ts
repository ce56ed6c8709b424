/**
 * Everybody outside, in a process of its own that is killed too: Resend, and a CRM. What they have taken is in
 * files before they say so. They are faulty until a file says that the faults are over.
 */
import { startResendServer, type ResendFault } from '../../fakes/resend-server.ts';
import { randomOf } from '../../simulation/random.ts';
import { serveCrm } from './crm-server.ts';

export interface VendorsOptions {
  readonly seed: number;
  readonly resendPort: number;
  readonly crmPort: number;
  readonly resendJournal: string;
  readonly crmJournal: string;
  /** Is there from the moment on when the faults are over. */
  readonly healthyFile: string;
  /** Addresses that no e-mail can be sent to. */
  readonly refused: readonly { readonly address: string; readonly how: 'row' | 'whole-call' }[];
}

// Written by `startVendors`.
const options = JSON.parse(process.argv[2] ?? '') as VendorsOptions;
const { existsSync } = await import('node:fs');
const random = randomOf(`vendors of ${options.seed} at ${Date.now()}`);
const FAULT_CHANCE = 0.25;
const LONGEST_SLOW_MS = 8_000;

const isHealthy = (): boolean => existsSync(options.healthyFile);

function faultOf(): ResendFault | undefined {
  if (isHealthy() || !random.chance(FAULT_CHANCE)) return undefined;
  return random.pick<ResendFault>([
    { fault: 'rate-limit', retryAfterSeconds: 1 },
    { fault: 'status', status: 500 },
    { fault: 'bad-gateway' },
    { fault: 'reset' },
    { fault: 'reset-after-accepting' },
    { fault: 'reset-after-accepting' },
    { fault: 'silent-after-accepting' },
    { fault: 'slow', ms: random.below(LONGEST_SLOW_MS) },
  ]);
}

const resend = await startResendServer({
  port: options.resendPort,
  journal: options.resendJournal,
  faultOf,
});
for (const { address, how } of options.refused) resend.refuse(address, how);
await serveCrm({
  port: options.crmPort,
  journal: options.crmJournal,
  fails: () => !isHealthy() && random.chance(FAULT_CHANCE),
});
process.stdout.write(`${JSON.stringify({ serves: resend.url })}\n`);
