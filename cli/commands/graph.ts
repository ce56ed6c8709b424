/** `cultivo graph`: what a journey compiles to. */
import { Command, Option } from 'commander';
import { examples } from '../answer.ts';
import type { Globals } from '../options.ts';
import type { Terminal } from '../terminal.ts';

interface GraphOptions extends Globals {
  readonly format: 'text' | 'mermaid' | 'json';
}

export const graphCommand = (terminal: Terminal): Command =>
  new Command('graph')
    .description('print the plan that a journey compiles to')
    .argument('<journey>', "the journey's id")
    .addOption(
      new Option('--format <format>', 'how').choices(['text', 'mermaid', 'json']).default('text'),
    )
    .addHelpText(
      'after',
      examples(
        'cultivo graph trial-nurture',
        'cultivo graph trial-nurture --format mermaid > trial-nurture.mmd',
      ),
    )
    .action(async (journey: string, _: object, command: Command) => {
      const { config, format, json } = command.optsWithGlobals<GraphOptions>();
      const { findPlan, loadProject } = await import('../load-project.ts');
      const { project } = await loadProject(config);
      const plan = findPlan(project, journey);
      if (json === true) return terminal.print(JSON.stringify(plan));
      if (format === 'json') return terminal.print(JSON.stringify(plan, null, 2));
      const { printText } = await import('../../dsl/print/print-text.ts');
      const { printMermaid } = await import('../../dsl/print/print-mermaid.ts');
      terminal.print(format === 'text' ? printText(plan) : printMermaid(plan));
    });
