import { configDefaults, defineConfig } from 'vitest/config';

const LIVE = '**/*.live.test.ts';

// What both projects share; `source` makes `import … from 'cultivo'` mean this checkout.
const shared = {
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
};
const exclude = [...configDefaults.exclude, 'dist/**', '.cultivo/**'];

export default defineConfig({
  test: {
    pool: 'forks',
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['**/*.test.ts'],
          exclude: [...exclude, LIVE],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'live',
          include: [LIVE],
          exclude,
          globalSetup: 'test/temporal-server.ts',
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});
