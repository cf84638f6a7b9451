// The facts of an answer as the customer sees them, and files, which the desk fetches by its own way.
import { html, type TemplateResult } from "lit";
import { cardView, fileName } from "../chat/cards";
import type { Card as ChatCard } from "../chat/protocol";
import { api } from "./api";
import { file as sheet } from "./icons";
import type { Card, Cell, StoredFile } from "./types";
import { harmless, language, size } from "./words";

/** A file to fetch; it is never shown in the page. */
export function fileLink({ id, name, size: bytes }: Pick<StoredFile, "id" | "name" | "size">): TemplateResult {
  return html`<a class="file" href=${api.file(id)} download>${sheet}<bdi>${fileName(name)}</bdi><small>${size(bytes)}</small></a>`;
}

/** Labels and values. */
export function pairs(lines: readonly Cell[]): TemplateResult {
  return html`<dl class="pairs">
    ${lines.map(({ label, value }) => html`<div><dt>${label}</dt><dd dir="auto">${harmless(value)}</dd></div>`)}
  </dl>`;
}

/** A card of a message; one of an unknown kind is nothing. */
export function card(one: Card): unknown {
  if (one.type === "file") return one.id ? fileLink({ id: one.id, name: one.name ?? "", size: one.size ?? 0 }) : "";
  return cardView(one as ChatCard, { language: language(), save: () => {} });
}
