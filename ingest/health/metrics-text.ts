/** Numbers in the text format that Prometheus reads (version 0.0.4: https://prometheus.io/docs/instrumenting/exposition_formats). */

export interface Metric {
  /** Without our prefix. */
  readonly name: string;
  readonly type: 'gauge' | 'counter';
  readonly help: string;
  readonly samples: readonly Sample[];
}

export interface Sample {
  readonly labels?: { readonly [name: string]: string };
  readonly value: number;
}

export const METRICS_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * @example
 * metricsText([{ name: 'up', type: 'gauge', help: 'Runs.', samples: [{ labels: { of: 'a"b' }, value: 1 }] }])
 * // => '# HELP cultivo_up Runs.\n# TYPE cultivo_up gauge\ncultivo_up{of="a\\"b"} 1\n'
 */
export const metricsText = (metrics: readonly Metric[]): string =>
  metrics.map((metric) => linesOf(metric).join('\n')).join('\n') + '\n';

function linesOf({ name, type, help, samples }: Metric): readonly string[] {
  const full = `cultivo_${name}`;
  return [
    `# HELP ${full} ${help}`,
    `# TYPE ${full} ${type}`,
    ...samples.map(({ labels = {}, value }) => `${full}${inBraces(labels)} ${value}`),
  ];
}

function inBraces(labels: { readonly [name: string]: string }): string {
  const pairs = Object.entries(labels).map(([name, value]) => `${name}="${escaped(value)}"`);
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`;
}

const escaped = (value: string): string =>
  value.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
