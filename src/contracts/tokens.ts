/** Estimates how many tokens a text is; always an estimate, marked so wherever it is shown. */
export type TokenCounter = (text: string) => number
