/** The default run is offline: no test can find a real key in the environment. */
for (const name of Object.keys(process.env)) {
  if (/(_API_KEY|_AUTH_TOKEN)$/.test(name) || /^(OPENAI|ANTHROPIC)_/.test(name)) delete process.env[name]
}
