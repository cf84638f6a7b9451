// <desk-password>: change one's own password.
import { html, nothing, type TemplateResult } from "lit";
import { api } from "../api";
import { state } from "../state";
import { t } from "../words";
import { Dialog } from "./dialog";

export class Password extends Dialog {
  protected get heading(): string {
    return t("password.title");
  }

  protected body(): TemplateResult {
    return html`<form id="password-form" @submit=${this.submit}>
      <input type="hidden" autocomplete="username" .value=${state.staff?.email ?? ""} />
      <div class="field">
        <label for="old-password">${t("password.old")}</label>
        <input id="old-password" class="ds-input" type="password" autocomplete="current-password" required data-first />
      </div>
      <div class="field">
        <label for="new-password">${t("password.new")}</label>
        <input id="new-password" class="ds-input" type="password" autocomplete="new-password" required minlength="12"
          aria-describedby="password-hint" />
        <p class="hint" id="password-hint">${t("password.hint")}</p>
      </div>
    </form>`;
  }

  protected override buttons(): TemplateResult {
    return html`${this.cancel()}
      <button type="submit" form="password-form" class="ds-button" ?disabled=${this.busy || nothing}>${t("password.do")}</button>`;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const old = this.find<HTMLInputElement>("#old-password")?.value ?? "";
    const fresh = this.find<HTMLInputElement>("#new-password")?.value ?? "";
    if (await this.perform(() => api.password(old, fresh))) state.say(t("password.done"));
  }
}

customElements.define("desk-password", Password);
