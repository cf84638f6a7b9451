// <desk-erase>: erase one customer's data. Whose it is has to be typed, so that no slip of the hand erases anybody.
import { html, nothing, type TemplateResult } from "lit";
import { api } from "../api";
import type { Erased, Found } from "../records";
import { counted, harmless, t } from "../words";
import { Dialog } from "./dialog";

export class Erase extends Dialog {
  static override properties = { ...Dialog.properties, typed: { state: true } };
  declare private typed: string;
  private one: Found | null = null;

  constructor() {
    super();
    this.typed = "";
  }

  async ask(one: Found): Promise<void> {
    this.one = one;
    this.typed = "";
    await this.show();
  }

  /** What has to be typed. */
  private get phrase(): string {
    return harmless(this.one?.email) || harmless(this.one?.name) || t("privacy.erase.word");
  }

  protected get heading(): string {
    return t("privacy.erase.title");
  }

  protected body(): TemplateResult {
    const { one } = this;
    return html`<form id="erase-form" @submit=${this.submit}>
      <p>${t("privacy.erase.text", {
        conversations: counted("search.found", one?.conversations.length ?? 0),
        files: counted("privacy.files", one?.files ?? 0),
      })}</p>
      ${one && one.cases.length > 0 ? html`<p>${t("privacy.erase.cases")}</p>` : nothing}
      <div class="field">
        <label for="erase-typed">${t("privacy.erase.type", { phrase: this.phrase })}</label>
        <input id="erase-typed" class="ds-input" type="text" autocomplete="off" spellcheck="false" data-first .value=${this.typed}
          @input=${(event: Event) => (this.typed = (event.target as HTMLInputElement).value)} />
      </div>
    </form>`;
  }

  protected override buttons(): TemplateResult {
    return html`${this.cancel()}
      <button type="submit" form="erase-form" class="ds-button" data-color="danger" ?disabled=${this.busy || !this.fits}>${t("privacy.erase.do")}</button>`;
  }

  private get fits(): boolean {
    return this.typed.trim().toLocaleLowerCase() === this.phrase.toLocaleLowerCase();
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const { one } = this;
    if (!one || !this.fits) return;
    let done: Erased | null = null;
    if (await this.perform(async () => (done = await api.erase(one.whom))))
      this.dispatchEvent(new CustomEvent("erased", { detail: done }));
  }
}

customElements.define("desk-erase", Erase);
