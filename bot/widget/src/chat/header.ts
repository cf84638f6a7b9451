// Who answers, who asks, and whether the line holds.
import { html, nothing, type TemplateResult } from "lit/html.js";
import { languages } from "../i18n";
import { cross, mould, person, warning } from "./icons";
import { menu } from "./menu";
import type { Chat } from "./part";

/** Who answers, in words: the visitor is never left to guess whether it is a machine. */
function kind({ session: { owner, t } }: Chat): string {
  if (owner.who === "person" && owner.name !== "") return t("chat.kind.name", { name: owner.name });
  return t(`chat.kind.${owner.who === "waiting" ? "assistant" : owner.who}`);
}

export function header(chat: Chat): TemplateResult {
  const { session } = chat;
  const human = session.owner.who === "person";
  return html`
    <header>
      <span class="mark ${human ? "human" : ""}">${human ? person : mould}</span>
      <div class="who">
        <h2 id="name">${session.t("chat.name") || session.t("chat.kind.assistant")}</h2>
        <p aria-live="polite">${kind(chat)}</p>
      </div>
      ${session.visitor === null ? demoSignIn(chat) : nothing} ${chat.panel ? otherLanguage(chat) : nothing} ${menu(chat)}
      ${chat.panel ? closeButton(chat) : nothing}
    </header>
    ${waiting(chat)} ${visitor(chat)} ${line(chat)}
  `;
}

/** In a demonstration anyone may be one of the invented contacts. */
function demoSignIn({ session, renderRoot }: Chat): TemplateResult | typeof nothing {
  if (!session.about?.demo || !customElements.get("smelt-sign-in")) return nothing;
  const ask = (): void => void renderRoot.querySelector<HTMLElement & { show(): void }>("smelt-sign-in")?.show();
  return html`<button type="button" class="onDark" @click=${ask}>${session.t("sign.in")}</button>`;
}

/** The language the chat does not speak now, by its own name. */
function otherLanguage(chat: Chat): TemplateResult[] {
  return languages
    .filter((language) => language !== chat.language)
    .map(
      (language) => html`<button type="button" class="onDark tongue" lang=${language} @click=${() => chat.speak(language)}>
        <span aria-hidden="true">${language === "nb" ? "NO" : language.toUpperCase()}</span>
        <span class="unseen">${new Intl.DisplayNames([language], { type: "language" }).of(language)}</span>
      </button>`,
    );
}

function closeButton(chat: Chat): TemplateResult {
  const close = (): unknown => chat.dispatchEvent(new Event("smelt-close"));
  return html`<button type="button" class="onDark icon" @click=${close}>
    ${cross}<span class="unseen">${chat.session.t("chat.close")}</span>
  </button>`;
}

function waiting({ session }: Chat): TemplateResult {
  return html`<div role="status">
    ${session.owner.who === "waiting"
      ? html`<p class="strip waiting">${person}<span>${session.t("chat.waiting")}</span></p>`
      : nothing}
  </div>`;
}

function visitor(chat: Chat): TemplateResult | typeof nothing {
  const { session } = chat;
  if (session.visitor === null) return nothing;
  const { name, company } = session.visitor;
  const leave = (): void => {
    session.signOut();
    chat.focusField();
  };
  const who = [name, company].filter((word) => word).join(", ");
  return html`<div class="strip identity">
    <p>${who === "" ? session.t("sign.as.someone") : session.t("sign.as", { who })}</p>
    <button type="button" class="link" @click=${leave}>${session.t("sign.out")}</button>
  </div>`;
}

function line({ session: { link, wasLost, t } }: Chat): TemplateResult {
  const lost = link === "lost";
  return html`<div role="status">
    ${lost ? html`<p class="strip lost">${warning}<span>${t("link.lost")}</span></p>` : nothing}
    ${!lost && wasLost && link === "online" ? html`<p class="unseen">${t("link.back")}</p>` : nothing}
  </div>`;
}

