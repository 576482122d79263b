import { z } from 'zod'
import { STRATA } from '../contracts/task.ts'

/** Valid task ids: an id becomes folder names, globs and CSV cells. */
export const TASK_ID = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/

const id = z
  .string()
  .regex(TASK_ID, 'letters, digits, ".", "_" and "-", at most 100, beginning with a letter or digit')
  .describe('The task’s id')
const packageName = z
  .string()
  .regex(/^(@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*$/, 'a package name such as "qs" or "@scope/name"')
const exactVersion = z
  .string()
  .regex(/^\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/, 'an exact version such as "1.2.3"; ranges are not reproducible')
const integrity = z
  .string()
  .regex(/^sha512-[A-Za-z0-9+/]{86}==$/, 'the tarball’s digest "sha512-…": npm view <package>@<version> dist.integrity')
const pinned = z
  .string()
  .regex(
    /^(@[a-z0-9][a-z0-9._~-]*\/)?[a-z0-9][a-z0-9._~-]*@\d+\.\d+\.\d+(?:[-+][0-9A-Za-z.+-]+)?$/,
    'a package with its exact version, such as "tape@5.9.0"',
  )

/** A path that stays below the folder it is relative to. */
const innerPath = z
  .string()
  .min(1)
  .refine(path => !path.startsWith('/') && !path.split(/[\\/]/).includes('..') && !path.includes('\0'), {
    error: 'a relative path without ".."',
  })

const mended = z
  .strictObject({
    version: exactVersion,
    integrity,
    files: z.array(innerPath).min(1).describe('Globs of the files that make up the fix; the oracle changes them'),
    testFiles: z
      .array(innerPath)
      .min(1)
      .describe('Test files of the fixed version that decide, relative to its package; each becomes a clause'),
  })
  .describe('The version that fixes the defect: its tests become the verifier, its sources the solution')

/** One row of a suite’s `sources`. */
export const sourceSchema = z
  .strictObject({
    id,
    package: packageName,
    version: exactVersion.describe('The version that the workspace is made from'),
    integrity,
    mended: mended.optional(),
    install: z.array(pinned).default([]).describe('Packages for the workspace’s node_modules'),
    lock: innerPath.optional().describe('A package-lock.json for exactly these packages, relative to the suite'),
    instruction: z.string().trim().min(1).describe('What the agent is asked'),
    stratum: z.enum(STRATA),
    cluster: z.string().min(1).optional().describe('Cluster for the statistics; the package’s name by default'),
    license: z.string().min(1).optional(),
    callsMin: z.int().nonnegative().optional(),
    looksMin: z.int().positive().optional(),
    contaminated: z.enum(['likely', 'no']).optional(),
    requires: z.array(z.string().min(1)).default([]),
    protect: z.array(z.string().min(1)).default([]),
    touches: z.array(z.string().min(1)).optional(),
    check: innerPath
      .optional()
      .describe('A module of yours that Node runs in the workspace; exit code 0 keeps its clause'),
    solution: z.array(innerPath).min(1).optional().describe('The oracle’s scripts if there is no fixed version'),
  })
  .refine(source => source.mended !== undefined || (source.check !== undefined && source.solution !== undefined), {
    error: 'either `mended`, or both `check` and `solution`: they decide whether the task is solved',
  })
