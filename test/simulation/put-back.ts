/** Mistakes that are put into a run on purpose, in front of the product's own parts: the simulation has to find each. */
import type { Lane } from '../../activities/lanes/lane.ts';
import type { World } from '../../activities/world.ts';
import type { Store, Transaction } from '../../store/store.ts';
import { decisions } from '../../store/tables/index.ts';
import type { Engine } from '../../workflows/engine.ts';
import type { Changes } from './play.ts';

/** The ledger does not know its first answer to a request. */
const forgetsAnswers = (store: Store): Store => ({
  ...store,
  transaction: (work) =>
    store.transaction((tx) =>
      work({
        ...tx,
        find: (async (table, where) =>
          Object.is(table, decisions) && 'key' in where
            ? []
            : tx.find(table, where)) as Transaction['find'],
      }),
    ),
});

/** A batch that was cut short comes again under another key. */
function rekeysRepeats(world: World): World {
  const lanes = new Map(
    [...world.lanes].map(([name, lane]): [string, Lane] => [
      name,
      {
        ...lane,
        process: (of, batch) =>
          lane.process(of, { ...batch, key: `${batch.key}-${world.newId()}` }),
      },
    ]),
  );
  return { ...world, lanes };
}

/** A cohort that goes on in a new execution keeps nobody in it. */
const forgetsPeople = (engine: Engine): Engine => ({
  ...engine,
  continueAsNew: (input) => engine.continueAsNew({ ...input, state: undefined }),
});

export const putBack: { readonly [mistake: string]: Changes } = {
  'a ledger that forgets its first answers': { store: forgetsAnswers },
  'a lane that gives a repeat a new key': { world: rekeysRepeats },
  'a cohort that forgets who is in it': { engine: forgetsPeople },
};
