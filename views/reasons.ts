/** Why the gate kept something back, and what a marketer's developer can do about it. */

interface Hint {
  readonly reason: RegExp;
  readonly hint: (found: RegExpExecArray) => string;
}

const HINTS: readonly Hint[] = [
  {
    reason: /^no consent to (.+)$/,
    hint: ([, topic]) =>
      `${topic} is opt-in: identify them with consents { "${topic}": true }, or see topics in the config`,
  },
  { reason: /^unsubscribed from (.+)$/, hint: ([, topic]) => `they have left ${topic}` },
  { reason: /^suppressed: (.+)$/, hint: () => 'nothing reaches them on this channel any more' },
  { reason: /^no email address$/, hint: () => 'their profile has no email' },
  { reason: /^no phone$/, hint: () => 'their profile has no phone' },
  {
    reason: /^lacks (.+)$/,
    hint: ([, field]) => `their profile has no ${field}: identify them with one`,
  },
  { reason: /^frequency cap$/, hint: () => 'see caps in the config' },
  {
    reason: /^send window$/,
    hint: () => "it waits for the journey's sendWindow, in their own zone",
  },
  { reason: /^entered-before$/, hint: () => 'the journey takes everybody once; see its reenter' },
  { reason: /^too-soon$/, hint: () => "see the journey's reenter" },
  { reason: /^in-journey$/, hint: () => 'they are in it already' },
  {
    reason: /^too-late$/,
    hint: () => "what would have brought them in was heard too late; see the journey's enterWithin",
  },
  { reason: /^draining$/, hint: () => "the journey takes nobody: its inFlight is 'drain'" },
];

/**
 * @example
 * hintOf('no consent to nurture')
 * // => 'nurture is opt-in: identify them with consents { "nurture": true }, or see topics in the config'
 */
export function hintOf(reason: string): string | undefined {
  for (const { reason: pattern, hint } of HINTS) {
    const found = pattern.exec(reason);
    if (found !== null) return hint(found);
  }
  return undefined;
}

/** The reason, with what can be done about it where that is known. */
export function explained(reason: string): string {
  const hint = hintOf(reason);
  return hint === undefined ? reason : `${reason} (${hint})`;
}
