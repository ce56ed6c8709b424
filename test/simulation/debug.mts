import { scenarioOf } from './scenario-of.ts';
import { play } from './simulate.ts';
import { Trace } from './trace.ts';
const seed = Number(process.argv[2]);
const note = Trace.prototype.note;
const lines: string[] = [];
Trace.prototype.note = function (l: string) {
  lines.push(l);
  note.call(this, l);
};
const scenario = scenarioOf(seed);
console.log(
  JSON.stringify({
    s: scenario.settings,
    j: scenario.journeys,
    rates: scenario.faults.rates,
    kind: scenario.kind,
    people: scenario.people,
    h: scenario.happenings,
  }),
);
const played = await play(scenario, {
  store: (store) => ({
    ...store,
    transaction: (work) =>
      store.transaction((tx) =>
        work({
          ...tx,
          add: async (t, rows) => {
            const added = await tx.add(t, rows);
            if (['decisions', 'messages', 'enrolments', 'events', 'lane_rows'].includes(t.name))
              for (const r of added as any[])
                lines.push(
                  `   + ${t.name} ${r.key ?? r.id} ${r.step ?? ''} ${r.status ?? r.verdict ?? r.name ?? ''} ${r.at ?? ''} ${r.position ? JSON.stringify(r.position) : ''} ${t.name === 'decisions' ? JSON.stringify(r.answer) : ''}`,
                );
            return added;
          },
          change: async (t, rows, only) => {
            await tx.change(t, rows, only);
            if (['enrolments', 'messages'].includes(t.name))
              for (const r of rows as any[]) lines.push(`   ~ ${t.name} ${JSON.stringify(r)}`);
          },
        }),
      ),
  }),
});
for (const l of lines) console.log(l);
for (const v of played.violations) console.log(v.step, v.promise, v.detail);
