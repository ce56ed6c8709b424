/** The contract suite of a channel's port in memory, which is the same for every channel. */
import { type Examples, senderContract } from '../../activities/lanes/sender.contract.ts';
import type { Outgoing } from '../../activities/lanes/sender.ts';
import { memorySender, type Refuse } from './local-sender.ts';

export const memorySenderContract = <M extends Outgoing>(
  name: string,
  examples: Examples<M>,
  refuse: Refuse<M>,
): void =>
  senderContract(name, examples, async () => {
    const sender = memorySender(refuse);
    return {
      sender,
      delivered: async () => sender.sent,
      restart: async () => sender,
      close: async () => {},
    };
  });
