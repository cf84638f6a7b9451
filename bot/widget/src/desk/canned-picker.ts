// <desk-canned-picker>: find a canned reply by typing; those in the customer's language come first and alone.
import { html, nothing, type TemplateResult } from "lit";
import { composing } from "../chat/composing";
import { fillIn } from "./canned-text";
import { DeskElement } from "./element";
import type { Open } from "./open";
import { address } from "./route";
import { state } from "./state";
import type { Canned } from "./records";
import { counted, language, languageName, t } from "./words";

export class CannedPicker extends DeskElement {
  static override properties = { open: { attribute: false }, shown: { state: true }, wanted: { state: true }, at: { state: true } };
  declare open: Open;
  declare private shown: boolean;
  declare private wanted: string;
  declare private at: number;

  constructor() {
    super();
    this.shown = false;
    this.wanted = "";
    this.at = 0;
  }

  show(): void {
    this.shown = true;
    this.wanted = "";
    this.at = 0;
    if (state.canned === null) void state.loadCanned();
    void this.updateComplete.then(() => this.find("input")?.focus());
  }

  private leave(): void {
    this.shown = false;
    this.dispatchEvent(new CustomEvent("left"));
  }

  private get spoken(): string {
    return this.open.detail?.conversation.language ?? language();
  }

  private get found(): Canned[] {
    const words = this.wanted.toLocaleLowerCase().split(/\s+/).filter((word) => word !== "");
    return (state.canned ?? []).filter(
      (one) => one.language === this.spoken && words.every((word) => `${one.title} ${one.text}`.toLocaleLowerCase().includes(word)),
    );
  }

  private pick(one: Canned | undefined): void {
    if (!one) return;
    this.shown = false;
    this.dispatchEvent(new CustomEvent("picked", { detail: one }));
  }

  private key(event: KeyboardEvent): void {
    if (composing(event)) return;
    const { found } = this;
    if (event.key === "ArrowDown") this.at = Math.min(found.length - 1, this.at + 1);
    else if (event.key === "ArrowUp") this.at = Math.max(0, this.at - 1);
    else if (event.key === "Enter" || (event.key === "Tab" && !event.shiftKey && found.length > 0)) this.pick(found[this.at]);
    else if (event.key === "Escape") this.leave();
    else return;
    event.preventDefault();
    event.stopPropagation();
    void this.updateComplete.then(() => this.find(`#canned-${this.at}`)?.scrollIntoView({ block: "nearest" }));
  }

  private left(event: FocusEvent): void {
    if (event.relatedTarget instanceof Node && !this.contains(event.relatedTarget)) this.shown = false;
  }

  override render(): TemplateResult | typeof nothing {
    if (!this.shown) return nothing;
    const { found } = this;
    return html`<div class="picker" @focusout=${this.left}>
      <label for="canned-find">${t("canned.find", { language: languageName(this.spoken) })}</label>
      <input id="canned-find" class="ds-input" type="text" role="combobox" autocomplete="off" aria-expanded="true" aria-controls="canned-found"
        aria-autocomplete="list" aria-activedescendant=${found.length > 0 ? `canned-${this.at}` : nothing}
        .value=${this.wanted} @keydown=${this.key}
        @input=${(event: Event) => {
          this.wanted = (event.target as HTMLInputElement).value;
          this.at = 0;
        }} />
      <div id="canned-found" role="listbox" aria-label=${t("nav.canned")}>
        ${found.map(
          (one, index) => html`<div role="option" id="canned-${index}" aria-selected=${index === this.at}
            @mousedown=${(event: Event) => event.preventDefault()} @click=${() => this.pick(one)}>
            <strong>${one.title}</strong><span>${fillIn(one.text, this.open)}</span></div>`,
        )}
      </div>
      <p class="hint" role="status">${state.canned === null ? t("app.loading") : counted("canned.found", found.length)}</p>
      ${found.length === 0 && state.canned !== null ? html`<a href=${address("canned")}>${t("canned.manage")}</a>` : nothing}
    </div>`;
  }
}

customElements.define("desk-canned-picker", CannedPicker);
