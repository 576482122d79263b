import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { GENERATED_FILES } from './generate/generated-files.ts'

for (const [path, text] of Object.entries(GENERATED_FILES)) {
  writeFileSync(join(import.meta.dirname, '..', path), text())
}
