// <desk-hand-back>: give the conversation back to the assistant, with a word on what was settled and, when a request
// is in progress, what becomes of it and what its answers really are.
import { html, nothing, type TemplateResult } from "lit";
import { api } from "../api";
import type { Open } from "../open";
import { state } from "../state";
import { harmless, label, t, type Key } from "../words";
import { Dialog } from "./dialog";

type Choice = "continue" | "end";

class HandBack extends Dialog {
  static override properties = { ...Dialog.properties, open: { attribute: false }, choice: { state: true } };
  declare open: Open;
  declare private choice: Choice;

  constructor() {
    super();
    this.choice = "continue";
  }

  protected get heading(): string {
    return t("hand_back.title");
  }

  override async show(): Promise<void> {
    this.choice = "continue";
    await super.show();
  }

  protected body(): TemplateResult {
    return html`<form id="hand-back-form" @submit=${this.submit}>
      <p>${t("hand_back.text")}</p>
      <div class="field">
        <label for="settled">${t("hand_back.settled")}</label>
        <textarea id="settled" class="ds-input" rows="3" data-first aria-describedby="settled-hint"></textarea>
        <p class="hint" id="settled-hint">${t("hand_back.settled.hint")}</p>
      </div>
      ${this.request()}
    </form>`;
  }

  private request(): TemplateResult | typeof nothing {
    const request = this.open.detail?.request;
    if (!request) return nothing;
    return html`<fieldset>
        <legend>${t("hand_back.request", { title: label("task", request.task) })}</legend>
        ${(["continue", "end"] as const).map(
          (choice) => html`<label class="check">
            <input type="radio" class="ds-input" name="request" value=${choice} .checked=${this.choice === choice} @change=${() => (this.choice = choice)} />
            <span>${t(`hand_back.${choice}` as Key)}</span></label>`,
        )}
      </fieldset>
      ${this.choice === "continue" ? this.answers() : nothing}`;
  }

  private answers(): TemplateResult | typeof nothing {
    const request = this.open.detail?.request;
    if (!request) return nothing;
    const rows = [
      ...request.answers.map(({ question, label: name, value }) => ({ question, name, value: harmless(value) })),
      ...request.missing.map(({ question, label: name }) => ({ question, name, value: "" })),
    ];
    return html`<fieldset class="answers">
      <legend>${t("hand_back.answers")}</legend>
      <p class="hint">${t("hand_back.answers.hint")}</p>
      ${rows.map(
        ({ question, name, value }) => html`<div class="field inline">
          <label for="answer-${question}">${name}</label>
          <input id="answer-${question}" class="ds-input" type="text" data-question=${question} data-was=${value} value=${value}
            placeholder=${value === "" ? t("hand_back.missing") : nothing} />
        </div>`,
      )}
    </fieldset>`;
  }

  /** Answers that were changed or added. */
  private get corrected(): Record<string, string> {
    const fields = [...this.querySelectorAll<HTMLInputElement>("input[data-question]")];
    const changed = fields.filter((field) => field.value.trim() !== (field.dataset["was"] ?? "") && field.value.trim() !== "");
    return Object.fromEntries(changed.map((field) => [field.dataset["question"] ?? "", field.value.trim()]));
  }

  protected override buttons(): TemplateResult {
    return html`${this.cancel()}
      <button type="submit" form="hand-back-form" class="ds-button" ?disabled=${this.busy}>${t("hand_back.do")}</button>`;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const settled = this.find<HTMLTextAreaElement>("#settled")?.value.trim() ?? "";
    const request = this.open.detail?.request ? this.choice : "none";
    const answers = request === "continue" ? this.corrected : {};
    if (!(await this.perform(() => api.handBack(this.open.id, settled, request, answers)))) return;
    state.say(t("hand_back.done"));
    void state.refreshQueue();
    await this.open.load();
  }
}

customElements.define("desk-hand-back", HandBack);
