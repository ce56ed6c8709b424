/** `cultivo doctor`: whether everything that a project needs is there, and what to do where it is not. */
import { Command } from 'commander';
import { answer, examples } from '../answer.ts';
import type { DoctorOptions } from '../doctor/doctor.ts';
import { ingestPortOption } from '../options.ts';
import type { Terminal } from '../terminal.ts';

export const doctorCommand = (terminal: Terminal): Command =>
  new Command('doctor')
    .description(
      'look at what a project needs: Node, packages, config, plans, Temporal, database, port, keys, public URL; say what to do where something is wrong. It changes and sends nothing',
    )
    .addOption(ingestPortOption())
    .addHelpText(
      'after',
      examples(
        'cultivo doctor                          of the project in this folder',
        'cultivo doctor --json                   for programs; exits with 1 where something fails',
        'DATABASE_URL=postgres://… cultivo doctor   of a deployment, with its variables',
      ),
    )
    .action(async (_: object, command: Command) => {
      const options = command.optsWithGlobals<DoctorOptions>();
      const { doctor } = await import('../doctor/doctor.ts');
      const { printFindings } = await import('../doctor/print-findings.ts');
      const found = await doctor(options);
      answer(terminal, options, { checks: found }, () => printFindings(found));
      if (found.some(({ state }) => state === 'failure')) terminal.exitWith(1);
    });
