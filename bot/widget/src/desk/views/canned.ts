// <desk-canned>: the prepared replies, and where they are written.
import { html, nothing, type TemplateResult } from "lit";
import type { CannedEditor } from "../dialogs/canned-editor";
import "../dialogs/canned-editor";
import { state } from "../state";
import type { Canned } from "../records";
import { languageName, languages, t } from "../words";
import { Page } from "./page";

class CannedReplies extends Page<Canned[]> {
  protected async fetch(): Promise<Canned[]> {
    await state.loadCanned();
    return state.canned ?? [];
  }

  private edit(one: Partial<Canned>): void {
    void this.find<CannedEditor>("desk-canned-editor")?.edit(one);
  }

  override render(): TemplateResult {
    return html`${this.frame(t("nav.canned"), (found) => this.list(found), this.lead())}
      <desk-canned-editor @saved=${() => void this.load()}></desk-canned-editor>`;
  }

  private lead(): TemplateResult {
    return html`<div class="lead"><p>${t("canned.lead")}</p>
      <button type="button" class="ds-button" @click=${() => this.edit({})}>${t("canned.new")}</button></div>`;
  }

  private list(found: Canned[]): TemplateResult {
    if (found.length === 0) return html`<p class="quiet">${t("canned.none")}</p>`;
    return html`${languages.map((code) => {
      const those = found.filter(({ language }) => language === code);
      if (those.length === 0) return nothing;
      return html`<h2>${languageName(code)}</h2>
        <ul class="canned-list" lang=${code}>
          ${those.map(
            (one) => html`<li>
              <div><h3>${one.title}</h3><p class="plain-text">${one.text}</p></div>
              <button type="button" class="ds-button" data-variant="tertiary" lang=${document.documentElement.lang} @click=${() => this.edit(one)}>
                ${t("canned.edit")}<span class="ds-sr-only"> ${one.title}</span></button>
            </li>`,
          )}
        </ul>`;
    })}`;
  }
}

customElements.define("desk-canned", CannedReplies);
