import { defineConfig } from 'vitest/config'

/** Tests in a real browser are run with `--mode browser`, as they need one. */
const BROWSER_TESTS = 'test/**/*.browser.test.ts'

export default defineConfig(({ mode }) => ({
  test: {
    include: [mode === 'browser' ? BROWSER_TESTS : 'test/**/*.test.ts'],
    exclude: ['test/live/**', ...(mode === 'browser' ? [] : [BROWSER_TESTS])],
    setupFiles: ['test/helpers/offline.ts'],
    pool: 'forks',
    // Vitest leaves one processor free by itself; much of what runs here waits for processes.
    maxWorkers: '100%',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
}))
