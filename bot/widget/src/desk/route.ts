// Where in the desk one is: kept in the address after `#`, so that back, forward, reload and links work.

export const views = [
  "conversations", "cases", "search", "canned", "staff", "wrong-answers", "audit", "privacy",
] as const;
export type View = (typeof views)[number];

/** Views for administrators only. */
export const guarded: readonly View[] = ["staff", "wrong-answers", "audit", "privacy"];

export interface Route {
  view: View;
  /** The conversation or case that is open. */
  id: string | null;
  /** On a narrow screen: what is known of the customer, instead of the talk. */
  details: boolean;
}

export function route(): Route {
  const [view = "", id = "", pane = ""] = location.hash.replace(/^#\/?/, "").split("/").map(decoded);
  const known = views.find((name) => name === view) ?? "conversations";
  return { view: known, id: id === "" ? null : id, details: pane === "details" };
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return "";
  }
}

/** The address of a place, for links. */
export function address(view: View, id?: string | null, details = false): string {
  return `#/${view}${id ? `/${encodeURIComponent(id)}` : ""}${id && details ? "/details" : ""}`;
}

export function go(view: View, id?: string | null, details = false): void {
  location.hash = address(view, id, details);
}

/** Go one level up: from the details to the talk, from the talk to the list. */
export function up(): void {
  const { view, id, details } = route();
  go(view, details ? id : null);
}
