import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'
import { scriptTimingsContract } from '../contract/script-timings.ts'

scriptTimingsContract('createScriptEngine', () => createScriptEngine({ workers: 2 }))
