// What one seldom wants, behind three dots: a plain disclosure, so that every item is an ordinary button.
import { html, nothing, type TemplateResult } from "lit/html.js";
import type { Key } from "../i18n";
import { dots } from "./icons";
import { show, type Chat } from "./part";

function close(chat: Chat, focus = false): void {
  const menu = chat.renderRoot.querySelector<HTMLDetailsElement>("details.menu");
  if (!menu) return;
  menu.open = false;
  if (focus) menu.querySelector("summary")?.focus();
}

function item(chat: Chat, key: Key, action: () => void, style = ""): TemplateResult {
  const go = (): void => {
    close(chat, true);
    action();
  };
  return html`<li><button type="button" class=${style} @click=${go}>${chat.session.t(key)}</button></li>`;
}

/** Escape closes the menu alone, and so does the focus when it goes elsewhere. */
const onKey = (chat: Chat) => (event: KeyboardEvent) => {
  if (event.key !== "Escape" || !(event.currentTarget as HTMLDetailsElement).open) return;
  event.stopPropagation();
  close(chat, true);
};
const onLeave = (chat: Chat) => (event: FocusEvent) => {
  const menu = event.currentTarget as HTMLElement;
  if (event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) close(chat);
};

export function menu(chat: Chat): TemplateResult {
  const { session } = chat;
  const begun = session.transcript.all.some((one) => one.seq !== undefined);
  const download = async (): Promise<void> => {
    if (!(await session.save("transcript"))) session.tell("failed");
  };
  return html`<details class="menu" @keydown=${onKey(chat)} @focusout=${onLeave(chat)}>
    <summary class="onDark icon">${dots}<span class="unseen">${session.t("menu")}</span></summary>
    <ul>
      ${begun
        ? html`${item(chat, "transcript.save", () => void download())}
          ${item(chat, "transcript.send", () => show(chat, "transcript"))}`
        : nothing}
      ${item(chat, "code.open", () => show(chat, "code"))}
      ${begun
        ? html`${item(chat, "chat.new", () => show(chat, "restart"))}
          ${item(chat, "erase", () => show(chat, "erase"), "bad")}`
        : nothing}
    </ul>
  </details>`;
}
