/** Where an error happened: places in files, and none of what it says. */

export const framesOf = ({ message, stack = '' }: Error): readonly string[] =>
  stack
    .replace(message, '')
    .split('\n')
    .filter((line) => /^ {4}at .*:\d+:\d+\)?$/.test(line));
