/** A port as it is given on the command line. */
import { InvalidArgumentError, Option } from 'commander';

const MOST = 65_535;

export const portOption = (flags: string, description: string): Option =>
  new Option(flags, description).argParser((text) => {
    const port = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
    if (port > MOST) throw new InvalidArgumentError(`Give a number from 0 (any) to ${MOST}.`);
    return port;
  });
