/** Fetches one of the files that the build writes beside the page, for a worker: its script lies one folder deeper. */
export async function digitsFile(name: string): Promise<Uint8Array> {
  const response = await fetch(new URL(`../digits/${name}`, self.location.href));
  if (!response.ok)
    throw new Error(`The images could not be fetched: ${response.url} gave ${response.status}. Check the connection and try again.`);
  return new Uint8Array(await response.arrayBuffer());
}
