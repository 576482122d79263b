import { scriptEngineContract } from '../contract/script-engine.ts'
import { createScriptEngine } from '../../src/script-engine/create-script-engine.ts'

scriptEngineContract('createScriptEngine', () => createScriptEngine())
