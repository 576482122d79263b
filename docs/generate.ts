import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { apiPage } from './generate/api-page.ts'
import { armsPage } from './generate/arms-page.ts'

for (const [name, page] of Object.entries({ 'arms.md': armsPage, 'api.md': apiPage })) {
  writeFileSync(join(import.meta.dirname, name), page())
}
