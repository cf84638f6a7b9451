// Keys that work wherever one is on the page, except while writing or in a dialog.
import type { Help } from "./dialogs/help";
import { go, route, up } from "./route";
import { single } from "./shortcuts";
import { state } from "./state";

/** What the open conversation can be asked for; it listens for these events on the document. */
export type Wish = "take" | "reply" | "note" | "canned" | "hand_back" | "assign" | "close";

const wishes: Record<string, Wish> = {
  t: "take", r: "reply", n: "note", "/": "canned", h: "hand_back", a: "assign", x: "close",
};

const writing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

export function ask(wish: Wish): void {
  document.dispatchEvent(new CustomEvent<Wish>("desk-wish", { detail: wish }));
}

/** The conversation after or before the one that is open, as the queue shows them. */
function neighbour(step: 1 | -1): void {
  const ids = state.rows().map((row) => row.id);
  if (ids.length === 0) return;
  const at = ids.indexOf(state.open?.id ?? "");
  const next = at < 0 ? (step > 0 ? 0 : ids.length - 1) : Math.min(ids.length - 1, Math.max(0, at + step));
  go("conversations", ids[next]);
}

function focusQueue(): void {
  if (route().view !== "conversations" || route().id !== null) go("conversations", matchMedia("(max-width: 48rem)").matches ? null : route().id);
  requestAnimationFrame(() => document.querySelector<HTMLElement>("[role=listbox]")?.focus());
}

function escape(target: EventTarget | null): void {
  if (writing(target)) {
    document.querySelector<HTMLElement>(".talk [role=log]")?.focus();
    return;
  }
  const { id, details } = route();
  if (details || matchMedia("(max-width: 48rem)").matches) up();
  else if (id !== null) focusQueue();
}

const places: Record<string, () => void> = {
  j: () => neighbour(1),
  k: () => neighbour(-1),
  w: () => state.queue?.waiting[0] && go("conversations", state.queue.waiting[0].id),
  q: focusQueue,
  s: () => go("search"),
  d: () => {
    const { view, id, details } = route();
    if (view === "conversations" && id) go("conversations", id, !details);
  },
  "?": () => void document.querySelector<Help>("desk-help")?.show(),
};

export function keyboard(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || state.phase !== "ready") return;
  if (document.querySelector("dialog[open]")) return;
  if (event.key === "Escape") {
    escape(event.target);
    return;
  }
  if (!single.on || writing(event.target)) return;
  const key = event.key.toLowerCase();
  const wish = wishes[key];
  const place = places[key];
  if (place) place();
  else if (wish && state.open) ask(wish);
  else return;
  event.preventDefault();
}
