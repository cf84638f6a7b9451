// <desk-privacy-find>: one customer's data found, given out as a file, or erased.
import { html, nothing, type TemplateResult } from "lit";
import { api, asApiError, type ApiError } from "../api";
import type { Erase } from "../dialogs/erase";
import "../dialogs/erase";
import { DeskElement } from "../element";
import { warning } from "../icons";
import { said } from "../refusal";
import { address } from "../route";
import { state } from "../state";
import type { Erased, Found } from "../records";
import { counted, date, harmless, moment, t } from "../words";

class PrivacyFind extends DeskElement {
  static override properties = { found: { state: true }, problem: { state: true }, erased: { state: true } };
  declare private found: Found[] | null;
  declare private problem: ApiError | null;
  declare private erased: Erased | null;

  constructor() {
    super();
    this.found = this.problem = this.erased = null;
  }

  private async submit(event?: Event): Promise<void> {
    event?.preventDefault();
    const q = this.find<HTMLInputElement>("#privacy-q")?.value.trim() ?? "";
    if (q === "") return;
    if (event) this.erased = null;
    try {
      [this.found, this.problem] = [await api.find(q), null];
    } catch (error) {
      this.problem = asApiError(error);
    }
  }

  private async give(one: Found): Promise<void> {
    try {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(await api.exported(one.whom));
      link.download = "customer-data.json";
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
      state.say(t("privacy.exported"));
    } catch (error) {
      this.problem = asApiError(error);
    }
  }

  private gone(event: CustomEvent<Erased>): void {
    this.erased = event.detail;
    void this.submit();
  }

  override render(): TemplateResult {
    return html`<h2>${t("privacy.find")}</h2>
      <form class="filters" @submit=${this.submit}>
        <div class="field grow"><label for="privacy-q">${t("privacy.q")}</label>
          <input id="privacy-q" class="ds-input" type="search" maxlength="254" required autocomplete="off" /></div>
        <button type="submit" class="ds-button">${t("privacy.find.do")}</button>
      </form>
      <div role="alert">${this.problem ? html`<p class="refusal">${warning}<span>${said(this.problem)}</span></p>` : nothing}</div>
      <div role="status">
        ${this.erased ? this.outcome(this.erased) : nothing}
        ${this.found?.length === 0 ? html`<p class="quiet">${t("privacy.nobody")}</p>` : nothing}
      </div>
      <ul class="results people">${(this.found ?? []).map((one) => this.person(one))}</ul>
      <desk-erase @erased=${this.gone}></desk-erase>`;
  }

  private person(one: Found): TemplateResult {
    const kept = one.cases;
    return html`<li>
      <h3 dir="auto">${harmless(one.name) || harmless(one.email) || t("who.stranger")}</h3>
      <span class="company" dir="auto">${harmless(one.company)}</span> <span class="hint" dir="auto">${harmless(one.email)}</span>
      <p>${counted("search.found", one.conversations.length)} · ${counted("cases.count", kept.length)} · ${counted("privacy.files", one.files)}</p>
      ${one.conversations.length > 0
        ? html`<p class="hint">${one.conversations.map((talk) => html`<a href=${address("conversations", talk.id)}>${moment(talk.last_at)}</a> `)}</p>`
        : nothing}
      ${kept.map(({ case_no, kept_until }) => html`<p class="hint">${t("privacy.case_kept", { no: case_no, until: date(kept_until) })}</p>`)}
      ${one.mentions.length > 0 ? html`<p class="hint">${counted("privacy.mentions", one.mentions.length)}</p>` : nothing}
      <div class="acts">
        <button type="button" class="ds-button" data-variant="secondary" @click=${() => void this.give(one)}>${t("privacy.export")}</button>
        <button type="button" class="ds-button" data-variant="secondary" data-color="danger"
          @click=${() => void this.find<Erase>("desk-erase")?.ask(one)}>${t("privacy.erase")}</button>
      </div>
    </li>`;
  }

  private outcome({ conversations, files, kept }: Erased): TemplateResult {
    return html`<p class="done">${t("privacy.erased")} ${counted("search.found", conversations)}, ${counted("privacy.files", files)}.
      ${kept.map(({ case_no, until }) => html`<span>${t("privacy.case_kept", { no: case_no, until: date(until) })}</span> `)}</p>`;
  }
}

customElements.define("desk-privacy-find", PrivacyFind);
