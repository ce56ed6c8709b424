/** The part of Temporal's client that cohorts are reached by, in front of the model of it. */
import {
  type Client,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import type { CohortItem } from '../../engine/items.ts';
import type { CohortInput } from '../../workflows/cohort-input.ts';
import type { Clockwork } from './clockwork.ts';
import type { Faults } from './faults.ts';
import type { Machine } from './machine.ts';
import type { SimulatedEngine } from './simulated-engine.ts';

interface StartOptions {
  readonly workflowId: string;
  readonly args: readonly [CohortInput];
}

interface SignalWithStartOptions extends StartOptions {
  readonly signalArgs: readonly [readonly CohortItem[]];
}

const overTheWire = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

export function simulatedClient(
  machine: Machine,
  engine: () => SimulatedEngine,
  { clockwork, faults }: { readonly clockwork: Clockwork; readonly faults: Faults },
): Client {
  async function call<T>(what: string, done: () => T): Promise<T> {
    await clockwork.gate(machine, `${machine.name} ${what}`);
    if (faults.hit('engine-before')) throw new Error('The engine is not there.');
    const result = done();
    await clockwork.gate(machine, `${machine.name} has done: ${what}`);
    if (faults.hit('engine-after')) throw new Error('The engine did not answer.');
    return result;
  }
  const workflow = {
    start: (type: string, { workflowId, args: [input] }: StartOptions) =>
      call(`start ${workflowId}`, () => {
        if (!engine().startOnce(workflowId, overTheWire(input)))
          throw new WorkflowExecutionAlreadyStartedError('started', workflowId, type);
      }),
    signalWithStart: (_: string, options: SignalWithStartOptions) => {
      const { workflowId, args, signalArgs } = options;
      const [input, [items]] = [args[0], signalArgs];
      return call(`signal and start ${workflowId}`, () =>
        engine().signalWithStart(workflowId, overTheWire(input), overTheWire(items)),
      );
    },
    getHandle: (id: string) => ({
      signal: (_: string, items: readonly CohortItem[]) =>
        call(`signal ${id}`, () => {
          if (!engine().signal(id, overTheWire(items)))
            throw new WorkflowNotFoundError('not found', id, undefined);
        }),
    }),
  };
  // What cohorts are reached by, and nothing else.
  return { workflow } as unknown as Client;
}
