export interface OpenAIConnection {
  apiKey: string
  baseURL?: string
  organization?: string
  project?: string
}

/** The SDK's client with its own retries and logging off; nothing is read from the process's environment. */
export async function openAIClient({ apiKey, baseURL, organization, project }: OpenAIConnection) {
  const { OpenAI } = await import('openai')
  return new OpenAI({
    apiKey,
    adminAPIKey: null,
    baseURL: baseURL ?? 'https://api.openai.com/v1',
    organization: organization ?? null,
    project: project ?? null,
    maxRetries: 0,
    logLevel: 'off',
  })
}
