/** The versions that belong together: the CLI that is downloaded carries the server that is built. */
import type { Version } from './version.ts';

export const CLI_VERSION = '1.9.1';
export const LEAST_CLI_VERSION: Version = [1, 9, 1];
/** As in go.mod. */
export const SERVER_VERSION = '1.32.0';
export const LEAST_GO_VERSION: Version = [1, 26, 8];
