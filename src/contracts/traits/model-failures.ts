import type { ModelFailureClass } from '../model.ts'

/** What distinguishes one class of failed requests from another. Code asks for a trait, never for a class by name. */
export interface ModelFailureTraits {
  /** The same request can succeed a moment later. */
  isRetried: boolean
  /** The provider sent a reply and bills it, although the reply cannot be used as it is. */
  isBilled: boolean
  /** How the agent's part of the trial ends. `continues`: the model is asked again. */
  end: 'continues' | 'refused' | 'limited' | 'failed'
}

export const MODEL_FAILURE_TRAITS: Readonly<Record<ModelFailureClass, ModelFailureTraits>> = {
  auth: { isRetried: false, isBilled: false, end: 'failed' },
  'rate-limit': { isRetried: true, isBilled: false, end: 'failed' },
  overloaded: { isRetried: true, isBilled: false, end: 'failed' },
  connection: { isRetried: true, isBilled: false, end: 'failed' },
  'bad-request': { isRetried: false, isBilled: false, end: 'failed' },
  'context-overflow': { isRetried: false, isBilled: false, end: 'limited' },
  truncated: { isRetried: false, isBilled: true, end: 'continues' },
  refused: { isRetried: false, isBilled: true, end: 'refused' },
}

export const MODEL_FAILURE_CLASSES = Object.keys(MODEL_FAILURE_TRAITS) as ModelFailureClass[]
