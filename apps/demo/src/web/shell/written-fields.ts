/** Writes the fields of a state into an address, those apart that are as usual. */
export function writtenFields<State extends object>(state: State, usual: State): URLSearchParams {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(state))
    if (value !== undefined && value !== usual[name as keyof State]) query.set(name, String(value));
  return query;
}
