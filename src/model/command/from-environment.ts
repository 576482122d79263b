import { accessSync, constants, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { errorText } from '../../base/error-text.ts'
import { UserError } from '../../contracts/errors.ts'
import type { FromEnvironment, WireWithSecrets } from '../wire/from-environment.ts'

import { commandSettings } from './environment.ts'
import { commandWire } from './wire.ts'

/** A program's wire, with what the program sees of the environment. */
export function commandFromEnvironment(options: FromEnvironment & { path: string; baseDir?: string }): WireWithSecrets {
  const { baseDir, clock, entry, environment, path } = options
  const file = program(path, baseDir)
  const { secrets, ...settings } = commandSettings(environment)
  return {
    wire: commandWire({ file, cwd: dirname(file), parameters: entry.parameters, clock, ...settings }),
    secrets,
  }
}

function program(path: string, baseDir = '.'): string {
  const file = resolve(baseDir, path)
  try {
    if (!statSync(file).isFile()) throw new Error('not a file')
    accessSync(file, constants.X_OK)
    return file
  } catch (error) {
    throw new UserError(
      'file-not-found',
      `model 'command/${path}': ${file} cannot be run (${errorText(error)}). Give the path of a program, made executable with chmod +x.`,
    )
  }
}
