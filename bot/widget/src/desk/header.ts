// <desk-header>: where one can go, who one is, and whether one can be reached.
import { html, nothing, type TemplateResult } from "lit";
import { alerts } from "./alerts";
import { api } from "./api";
import type { Help } from "./dialogs/help";
import type { Password } from "./dialogs/password";
import { DeskElement } from "./element";
import { bell, mould, sound } from "./icons";
import { address, guarded, route, views, type View } from "./route";
import { state } from "./state";
import type { Presence } from "./types";
import { language, languages, t, type Key } from "./words";

class Header extends DeskElement {
  static override properties = { blocked: { state: true } };
  /** The browser did not allow notifications. */
  declare private blocked: boolean;

  constructor() {
    super();
    this.blocked = false;
  }

  private async setPresence(presence: Presence): Promise<void> {
    if (!state.staff) return;
    const before = state.staff.presence;
    state.staff.presence = presence;
    state.changed();
    try {
      await api.presence(presence);
    } catch (error) {
      state.staff.presence = before;
      state.refused(error);
    }
  }

  private async signOut(): Promise<void> {
    try {
      await api.logout();
    } catch (error) {
      state.refused(error);
      return;
    }
    this.dispatchEvent(new CustomEvent("sign-out"));
  }

  private async setNotice(on: boolean): Promise<void> {
    this.blocked = !(await alerts.setNotice(on));
    this.requestUpdate();
  }

  override render(): TemplateResult {
    return html`<header class="top">
      <a class="mark" href=${address("conversations")}>${mould}<span>${t("app.short")}</span></a>
      ${this.navigation()} ${this.presence()} ${this.menu()}
    </header>`;
  }

  private navigation(): TemplateResult {
    const { view: current } = route();
    const shown = views.filter((view) => state.admin || !guarded.includes(view));
    const counts: Partial<Record<View, number>> = {
      conversations: state.queue?.waiting.length ?? 0,
      cases: state.queue?.cases_open ?? 0,
    };
    return html`<nav aria-label=${t("nav.label")}>
      <ul>
        ${shown.map((view) => {
          const count = counts[view] ?? 0;
          return html`<li>
            <a href=${address(view)} aria-current=${view === current ? "page" : nothing}>
              ${t(`nav.${view}` as Key)}
              ${count > 0
                ? html`<span class="count ${view === "conversations" ? "urgent" : ""}" aria-hidden="true">${count}</span>
                    <span class="ds-sr-only">${t(`nav.${view}.count` as Key, { count })}</span>`
                : nothing}
            </a>
          </li>`;
        })}
      </ul>
    </nav>`;
  }

  private presence(): TemplateResult {
    const available = state.staff?.presence === "available";
    return html`<button type="button" class="presence ${available ? "available" : "away"}" role="switch" aria-checked=${available}
      title=${t("presence.hint")} @click=${() => this.setPresence(available ? "away" : "available")}>
      <i aria-hidden="true"></i><span class="ds-sr-only">${t("presence.label")}</span>
      <span aria-hidden="true">${t(available ? "presence.available" : "presence.away")}</span>
    </button>`;
  }

  private menu(): TemplateResult {
    const show = <T extends Help | Password>(name: string) => () => {
      this.find<HTMLDetailsElement>("details")?.removeAttribute("open");
      void document.querySelector<T>(name)?.show();
    };
    return html`<details class="menu" @keydown=${this.closeMenu} @focusout=${this.leftMenu}>
      <summary>${state.staff?.name}</summary>
      <div class="menu-body">
        <p>${state.staff?.email}</p>
        ${this.switch(sound, t("alerts.sound"), alerts.sound, (on) => (alerts.setSound(on), this.requestUpdate()))}
        ${this.switch(bell, t("alerts.notice"), alerts.notice, (on) => void this.setNotice(on))}
        ${this.blocked ? html`<p class="hint" role="status">${t("alerts.blocked")}</p>` : nothing}
        <div class="languages" role="group" aria-label=${t("header.language")}>
          ${languages.map(
            (code) => html`<button type="button" class="plain" lang=${code} aria-pressed=${language() === code}
              @click=${() => this.dispatchEvent(new CustomEvent("language", { detail: code }))}>
              ${code === "nb" ? "Norsk" : "English"}</button>`,
          )}
        </div>
        <button type="button" class="plain" @click=${show<Help>("desk-help")}>${t("help.title")}</button>
        <button type="button" class="plain" @click=${show<Password>("desk-password")}>${t("password.title")}</button>
        <button type="button" class="plain" @click=${this.signOut}>${t("header.sign_out")}</button>
      </div>
    </details>`;
  }

  private switch(icon: TemplateResult, words: string, on: boolean, set: (on: boolean) => void): TemplateResult {
    return html`<label class="switch">${icon}<span>${words}</span>
      <input type="checkbox" class="ds-input" role="switch" .checked=${on}
        @change=${(event: Event) => set((event.target as HTMLInputElement).checked)} /></label>`;
  }

  private closeMenu(event: KeyboardEvent): void {
    const menu = this.find<HTMLDetailsElement>("details.menu");
    if (event.key !== "Escape" || !menu?.open) return;
    event.stopPropagation();
    menu.open = false;
    menu.querySelector("summary")?.focus();
  }

  private leftMenu(event: FocusEvent): void {
    const menu = this.find<HTMLDetailsElement>("details.menu");
    if (menu?.open && event.relatedTarget instanceof Node && !menu.contains(event.relatedTarget)) menu.open = false;
  }
}

customElements.define("desk-header", Header);
