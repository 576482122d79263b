/** `npm run test:hostile` runs everything (its mode is `hostile`), `npm test` a part. */
export const isFullSet = process.env.MODE === 'hostile'
/** For tests that repeat themselves. */
export const TIMEOUT_MS = isFullSet ? 900_000 : 60_000
