#!/usr/bin/env node
// Plain, old syntax: it must still parse on the Node versions that it turns away.
const NEEDED = [22, 18]
const found = process.versions.node.split('.').map(Number)

if (found[0] < NEEDED[0] || (found[0] === NEEDED[0] && found[1] < NEEDED[1])) {
  console.error(
    'error: scriptbench needs Node ' +
      NEEDED.join('.') +
      ' or newer, and this is Node ' +
      process.versions.node +
      '. Install a newer one (https://nodejs.org), or run it with that of npm: npx -y -p node@24 -p scriptbench scriptbench --help',
  )
  process.exit(1)
}

/** Published there is a build; in a checkout Node runs the sources. What was compiled once starts faster the next time. */
import('node:module')
  .then(module => module.enableCompileCache())
  .then(() => import('../dist/cli/main.js'))
  .catch(error => {
    const isMissing = error.code === 'ERR_MODULE_NOT_FOUND' && /\/dist\/cli\/main\.js$/.test(error.url)
    if (!isMissing) throw error
    return import('../src/cli/main.ts')
  })
