import { defineConfig } from 'vitest/config'

/** Sets that need more than `npm test` has: a real browser, or minutes. Each is run with the mode of its name. */
const SETS = ['browser', 'long']
/** Rooms whose tests start nothing and change nothing of their process, so that their files can share one. */
const PURE_ROOMS =
  'agent,base,contracts,log,matrix,metrics,model,planning,report,statistics,suite,tools,viewer,workspace'

export default defineConfig(({ mode }) => {
  const included = (folder: string) => `${folder}/**/*${SETS.includes(mode) ? `.${mode}` : ''}.test.ts`
  const exclude = ['test/live/**', ...SETS.filter(set => set !== mode).map(set => `test/**/*.${set}.test.ts`)]
  const pure = included(`test/{${PURE_ROOMS}}`)
  return {
    test: {
      setupFiles: ['test/helpers/offline.ts', 'test/helpers/seed.ts'],
      pool: 'forks',
      // Vitest leaves one processor free by itself; much of what runs here waits for processes.
      maxWorkers: '100%',
      // Only against hangs: a busy machine takes long for what starts many processes.
      testTimeout: 120_000,
      hookTimeout: 120_000,
      projects: [
        { extends: true, test: { name: 'whole', include: [included('test')], exclude: [...exclude, pure] } },
        { extends: true, test: { name: 'rooms', include: [pure], exclude, isolate: false } },
      ],
    },
  }
})
