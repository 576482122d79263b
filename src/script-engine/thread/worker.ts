import { parentPort, workerData } from 'node:worker_threads'
import { serveScripts } from './serve-scripts.ts'
import type { WorkerData } from './worker-messages.ts'

if (parentPort === null) throw new Error('this file runs as a worker')
await serveScripts(parentPort, workerData as WorkerData)
