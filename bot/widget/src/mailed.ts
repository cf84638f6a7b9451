// The key of a mailed link leaves the address before anything is asked of a server: no log and no other page gets it.

/** The key in the address, which it leaves; null when there is none. */
export function mailed(): string | null {
  const address = new URL(location.href);
  const token = new URLSearchParams(address.hash.slice(1)).get("resume") ?? address.searchParams.get("resume");
  if (token === null) return null;
  address.searchParams.delete("resume");
  if (address.hash.startsWith("#resume=")) address.hash = "";
  history.replaceState(history.state, "", address);
  return token;
}

/** The one this page was opened with. */
export const atFirst = mailed();
