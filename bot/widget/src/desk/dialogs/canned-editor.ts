// <desk-canned-editor>: write a prepared reply; what may be filled in stands beside it, ready to press.
import { html, nothing, type TemplateResult } from "lit";
import { api } from "../api";
import { placeholders, unknown } from "../canned-text";
import { warning } from "../icons";
import { state } from "../state";
import type { Canned } from "../records";
import { language, languageName, languages, t, type Key } from "../words";
import { Dialog } from "./dialog";

export class CannedEditor extends Dialog {
  static override properties = { ...Dialog.properties, text: { state: true }, deleting: { state: true } };
  declare private text: string;
  declare private deleting: boolean;
  private one: Partial<Canned> = {};

  constructor() {
    super();
    this.text = "";
    this.deleting = false;
  }

  async edit(one: Partial<Canned>): Promise<void> {
    this.one = one;
    this.text = one.text ?? "";
    this.deleting = false;
    await this.show();
  }

  protected get heading(): string {
    return t(this.one.id === undefined ? "canned.new" : "canned.change");
  }

  protected override get wide(): boolean {
    return true;
  }

  protected body(): TemplateResult {
    const { one } = this;
    const wrong = unknown(this.text);
    return html`<form id="canned-form" @submit=${this.submit}>
      <div class="field">
        <label for="canned-language">${t("canned.language")}</label>
        <select id="canned-language" class="ds-input">
          ${languages.map((code) => html`<option value=${code} ?selected=${code === (one.language ?? language())}>${languageName(code)}</option>`)}
        </select>
      </div>
      <div class="field">
        <label for="canned-title">${t("canned.title")}</label>
        <input id="canned-title" class="ds-input" type="text" maxlength="120" required .value=${one.title ?? ""} data-first />
      </div>
      <div class="field">
        <label for="canned-text">${t("canned.text")}</label>
        <textarea id="canned-text" class="ds-input" rows="7" maxlength="4000" required .value=${this.text} aria-describedby="canned-places canned-wrong"
          @input=${(event: Event) => (this.text = (event.target as HTMLTextAreaElement).value)}></textarea>
        <div role="alert" id="canned-wrong">${wrong.length > 0 ? html`<p class="refusal">${warning}<span>${t("canned.unknown", { places: wrong.join(", ") })}</span></p>` : nothing}</div>
      </div>
      <p class="hint" id="canned-places">${t("canned.places")}</p>
      <ul class="places">
        ${placeholders.map(
          (name) => html`<li><button type="button" class="plain" @click=${() => this.insert(`{${name}}`)}><code>{${name}}</code></button>
            <span class="hint">${t(`place.${name}` as Key)}</span></li>`,
        )}
      </ul>
    </form>`;
  }

  protected override buttons(): TemplateResult {
    const { id } = this.one;
    return html`${id === undefined
        ? nothing
        : html`<button type="button" class="ds-button first" data-variant="tertiary" data-color="danger" ?disabled=${this.busy}
            @click=${() => this.erase(id)}>${t(this.deleting ? "canned.delete.sure" : "canned.delete")}</button>`}
      ${this.cancel()}
      <button type="submit" form="canned-form" class="ds-button" ?disabled=${this.busy || unknown(this.text).length > 0}>${t("canned.save")}</button>`;
  }

  private insert(place: string): void {
    const field = this.find<HTMLTextAreaElement>("#canned-text");
    if (!field) return;
    field.setRangeText(place, field.selectionStart, field.selectionEnd, "end");
    this.text = field.value;
    field.focus();
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const title = this.find<HTMLInputElement>("#canned-title")?.value.trim() ?? "";
    const code = this.find<HTMLSelectElement>("#canned-language")?.value ?? language();
    const { id } = this.one;
    const whole = { language: code, title, text: this.text.trim() };
    if (title === "" || whole.text === "") return;
    if (await this.perform(() => api.saveCanned(id === undefined ? whole : { ...whole, id }))) this.done("canned.saved");
  }

  private async erase(id: number): Promise<void> {
    if (!this.deleting) {
      this.deleting = true;
      return;
    }
    if (await this.perform(() => api.removeCanned(id))) this.done("canned.deleted");
  }

  private done(words: "canned.saved" | "canned.deleted"): void {
    state.say(t(words));
    this.dispatchEvent(new CustomEvent("saved"));
  }
}

customElements.define("desk-canned-editor", CannedEditor);
