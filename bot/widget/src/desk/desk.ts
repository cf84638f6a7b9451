// <smelt-desk>: the page. It shows who is signed in where they are, and listens for keys.
import { html, nothing, type TemplateResult } from "lit";
import { asApiError, whenSignedOut } from "./api";
import { retitle } from "./alerts";
import { DeskElement } from "./element";
import { cross, warning } from "./icons";
import { keyboard } from "./keyboard";
import { live } from "./live";
import { said } from "./refusal";
import { guarded, route, type View } from "./route";
import { state } from "./state";
import { label, language, languages, speak, t, type Key } from "./words";
import "./header";
import "./sign-in";
import "./dialogs/help";
import "./dialogs/password";
import "./views/conversations";
import "./views/cases";
import "./views/search";
import "./views/canned";
import "./views/staff";
import "./views/wrong-answers";
import "./views/audit";
import "./views/privacy";

const places: Record<View, () => TemplateResult> = {
  conversations: () => html`<desk-conversations></desk-conversations>`,
  cases: () => html`<desk-cases></desk-cases>`,
  search: () => html`<desk-search></desk-search>`,
  canned: () => html`<desk-canned></desk-canned>`,
  staff: () => html`<desk-staff></desk-staff>`,
  "wrong-answers": () => html`<desk-wrong-answers></desk-wrong-answers>`,
  audit: () => html`<desk-audit></desk-audit>`,
  privacy: () => html`<desk-privacy></desk-privacy>`,
};

class SmeltDesk extends DeskElement {
  private shown: View | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    speak(language());
    whenSignedOut(() => this.leave());
    addEventListener("hashchange", this.moved);
    document.addEventListener("keydown", keyboard);
    document.addEventListener("visibilitychange", () => state.open?.read());
    this.moved();
    void state.start().then(() => this.enter());
  }

  private readonly moved = (): void => {
    const { view, id } = route();
    state.show(state.phase === "ready" && view === "conversations" ? id : null);
    state.problem = null;
    state.changed();
    void this.updateComplete.then(() => this.arrive(view));
  };

  /** Another view: those who do not see it are told, and the keyboard goes on from there. */
  private arrive(view: View): void {
    if (this.shown !== null && this.shown !== view) this.find<HTMLElement>("main h1")?.focus();
    this.shown = view;
  }

  private enter(): void {
    if (state.phase !== "ready") return;
    live.connect();
    this.moved();
  }

  private leave(): void {
    live.disconnect();
    state.signedOut();
  }

  private switchLanguage(code: string): void {
    speak(code);
    void state.open?.load();
    live.dispatchEvent(new Event("case"));
    state.changed();
  }

  override render(): TemplateResult {
    const { view } = route();
    retitle(state.queue?.waiting.length ?? 0, state.phase === "ready" ? t(`nav.${view}` as Key) : "");
    if (state.phase === "starting") return html`<main class="alone" aria-busy="true"><p>${t("app.starting")}</p></main>`;
    if (state.phase === "unreachable") return this.unreachable();
    if (state.phase === "signed_out")
      return html`<desk-sign-in @signed-in=${() => state.start().then(() => this.enter())}>
        </desk-sign-in>${this.languageSwitch()}`;
    return html`
      <a class="skip" href="#main" @click=${this.skip}>${t("app.skip")}</a>
      <desk-header @sign-out=${() => this.leave()} @language=${(event: CustomEvent<string>) => this.switchLanguage(event.detail)}></desk-header>
      ${this.banners()}
      <main id="main" tabindex="-1" class="view ${view}">${this.view(view)}</main>
      <p class="ds-sr-only" role="status">${state.said}</p>
      <desk-help></desk-help>
      <desk-password></desk-password>
    `;
  }

  private view(view: View): TemplateResult {
    if (guarded.includes(view) && !state.admin)
      return html`<section class="page"><h1 tabindex="-1">${t(`nav.${view}` as Key)}</h1><p>${t("error.role")}</p></section>`;
    return places[view]();
  }

  private skip(event: Event): void {
    event.preventDefault();
    document.querySelector<HTMLElement>("#main")?.focus();
  }

  private banners(): TemplateResult {
    const { problem, link } = state;
    return html`<div class="banners">
      <div role="status">
        ${link === "lost" ? html`<p class="banner lost">${warning}<span>${t("link.lost")}</span></p>` : nothing}
      </div>
      <div role="alert">
        ${problem
          ? html`<p class="banner problem">
              ${warning}<span>${said(problem)}</span>
              <button type="button" class="plain" @click=${this.dismiss}>${cross}<span class="ds-sr-only">${t("app.dismiss")}</span></button>
            </p>`
          : nothing}
      </div>
    </div>`;
  }

  private dismiss(): void {
    state.problem = null;
    state.changed();
  }

  private unreachable(): TemplateResult {
    const again = (): void => {
      void state.start().then(() => this.enter());
    };
    return html`<main class="alone">
      <h1>${t("app.title")}</h1>
      <p role="alert">${label("error", asApiError(null).code)}</p>
      <button type="button" class="ds-button" @click=${again}>${t("app.again")}</button>
    </main>`;
  }

  private languageSwitch(): TemplateResult {
    return html`<footer class="corner"><div class="languages" role="group" aria-label=${t("header.language")}>
      ${languages.map(
        (code) => html`<button type="button" class="plain" lang=${code} aria-pressed=${language() === code}
          @click=${() => this.switchLanguage(code)}>${code === "nb" ? "Norsk" : "English"}</button>`,
      )}
    </div></footer>`;
  }
}

customElements.define("smelt-desk", SmeltDesk);
