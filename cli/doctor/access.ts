/** Who is let in and where: keys, ports, and the keys of vendors. No key is ever shown. */
import { existsSync } from 'node:fs';
import { access, constants } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openPorts } from '../../channels/index.ts';
import { memoryStore } from '../../store/memory/memory-store.ts';
import { isFreePort } from '../is-free-port.ts';
import { dataFolder } from '../load-project.ts';
import {
  type Check,
  failed,
  failure,
  type Finding,
  isDeployment,
  NO_PROJECT,
  ok,
  skipped,
  warning,
  WRONG_VARIABLES,
} from './check.ts';

const LEAST_CHARACTERS = 16;
const MAKE_ONE = 'Make one: `openssl rand -hex 24`.';

export const writeKeyCheck: Check = {
  name: 'write key',
  look({ environment }) {
    if (environment === undefined) return skipped(WRONG_VARIABLES);
    const key = environment.CULTIVO_WRITE_KEY;
    if (key === undefined && isDeployment(environment))
      return failure('CULTIVO_WRITE_KEY is not set: `cultivo worker` does not start.', MAKE_ONE);
    if (key === undefined)
      return skipped(
        'CULTIVO_WRITE_KEY is not set: `cultivo dev` needs none, a worker asks for it.',
      );
    return ofLength('CULTIVO_WRITE_KEY', key);
  },
};

export const adminKeyCheck: Check = {
  name: 'admin key',
  look({ environment }) {
    if (environment === undefined) return skipped(WRONG_VARIABLES);
    const { CULTIVO_ADMIN_KEY: key, CULTIVO_WRITE_KEY: writeKey } = environment;
    if (key === undefined) {
      return writeKey === undefined
        ? skipped('CULTIVO_ADMIN_KEY is not set: only programs of this machine are let in.')
        : warning(
            'CULTIVO_ADMIN_KEY is not set: nobody enrols, retries or looks at Studio.',
            MAKE_ONE,
          );
    }
    if (key === writeKey)
      return failure(
        'CULTIVO_ADMIN_KEY is the write key: whoever may send behaviour may do everything.',
        MAKE_ONE,
      );
    return ofLength('CULTIVO_ADMIN_KEY', key);
  },
};

/** Its length alone is said. */
const ofLength = (variable: string, { length }: string): Finding =>
  length < LEAST_CHARACTERS
    ? warning(
        `${variable}: expected ${LEAST_CHARACTERS} characters or more, received ${length}: it can be guessed.`,
        MAKE_ONE,
      )
    : ok('Set.');

/** Opens what the config sends through, with its keys, and closes it: nothing is sent. */
export const vendorsCheck: Check = {
  name: 'vendors',
  async look({ project, environment }) {
    if (project === undefined) return skipped(NO_PROJECT);
    if (environment === undefined) return skipped(WRONG_VARIABLES);
    const { messaging = {}, crm } = project.config;
    const chosen = [...Object.values(messaging), crm].flatMap((vendor) => vendor?.vendor ?? []);
    const store = memoryStore();
    try {
      const { close } = await openPorts(project.config, environment, store);
      await close();
    } catch (error) {
      return failed(error);
    } finally {
      await store.close();
    }
    const theirs = chosen.filter((vendor) => vendor !== 'local');
    if (theirs.length === 0) return skipped('Everything that is sent stays on this machine.');
    const key = environment.RESEND_API_KEY;
    return chosen.includes('resend') && key !== undefined && !key.startsWith('re_')
      ? warning(
          'RESEND_API_KEY: expected re_…, received something else.',
          'Copy it again from https://resend.com/api-keys.',
        )
      : ok(`${theirs.join(', ')}: the keys are there.`);
  },
};

/** One that is in use by a Cultivo is in good hands. */
export const portCheck = (withinMs: number): Check => ({
  name: 'port',
  async look({ port }) {
    if (await isFreePort(port)) return ok(`${port} is free.`);
    const isOurs = await fetch(`http://127.0.0.1:${port}/healthz`, {
      signal: AbortSignal.timeout(withinMs),
    }).then(
      async (answer) => answer.ok && (await answer.text()).includes('"ok"'),
      () => false,
    );
    return isOurs
      ? ok(`${port} is a Cultivo that runs.`)
      : warning(
          `${port} is in use by another program.`,
          'Name another one: `--port`, or the variable PORT.',
        );
  },
});

export const foldersCheck: Check = {
  name: 'folders',
  async look({ directory, environment, project }) {
    const folders = [
      ...(project === undefined ? [] : [dataFolder(directory)]),
      ...(environment === undefined ? [] : [environment.CULTIVO_CACHE]),
    ];
    for (const folder of folders) {
      try {
        await access(nearestThere(folder), constants.W_OK);
      } catch (error) {
        const { code = String(error) } = error as NodeJS.ErrnoException;
        return failure(
          `${folder}: expected a folder to write to, received ${code}.`,
          'Change whose it is, or name another one: `--data`, or CULTIVO_CACHE.',
        );
      }
    }
    return folders.length === 0 ? skipped('Nothing to write.') : ok('Can be written.');
  },
};

/** The folder itself, or else the one in which it would be made. */
const nearestThere = (folder: string): string =>
  existsSync(folder) || dirname(folder) === folder ? folder : nearestThere(dirname(folder));
