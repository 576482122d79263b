/** An ISO date as people write it; anything else as it is. */
export function dateText(date: string): string {
  const [, day, minute] = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}).*Z$/.exec(date) ?? []
  return day === undefined || minute === undefined ? date : `${day} ${minute} UTC`
}
