// <desk-decide>: what becomes of a case, in words the customer gets. Its request id is made once each time it opens, so
// that pressing twice, or again after a lost line, decides once.
import { html, nothing, type TemplateResult } from "lit";
import { api, newId } from "../api";
import { state } from "../state";
import type { CaseDetail, CaseState } from "../records";
import { harmless, label, languageName, t, type Key } from "../words";
import { Dialog } from "./dialog";

/** Decisions that say enough without a word. */
const WORDLESS: readonly CaseState[] = ["accepted", "closed"];

export class Decide extends Dialog {
  static override properties = { ...Dialog.properties, no: {} };
  declare no: string;
  private to: CaseState = "accepted";
  private about: CaseDetail["case"] | null = null;
  private requestId = "";
  private seen = 0;

  async ask(to: CaseState, about: CaseDetail["case"], seen: number): Promise<void> {
    this.to = to;
    this.about = about;
    this.requestId = newId();
    this.seen = seen;
    await this.show();
  }

  protected get heading(): string {
    return t(`decide.${this.to}.title` as Key, { no: this.no });
  }

  protected body(): TemplateResult {
    const free = WORDLESS.includes(this.to);
    const { about } = this;
    return html`<form id="decide-form" @submit=${this.submit}>
      <p>${t(`decide.${this.to}.text` as Key)}</p>
      <p class="hint">${about?.email ? t("decide.told", { email: harmless(about.email) }) : t("decide.untold")}
        ${" "}${about?.language ? t("decide.language", { language: languageName(about.language) }) : nothing}</p>
      <div class="field">
        <label for="decide-text">${t(free ? "decide.words.free" : "decide.words")}</label>
        <textarea id="decide-text" class="ds-input" rows="5" lang=${about?.language ?? nothing} ?required=${!free} data-first></textarea>
      </div>
    </form>`;
  }

  protected override get refused(): string {
    const owner = this.error?.owner;
    return owner ? t("decide.taken", { name: owner.name ?? t("cases.nobody"), state: label("case_state", owner.state) }) : super.refused;
  }

  protected override buttons(): TemplateResult {
    return html`${this.cancel()}
      <button type="submit" form="decide-form" class="ds-button" ?disabled=${this.busy}>${t(`decide.${this.to}.do` as Key)}</button>`;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    const text = this.find<HTMLTextAreaElement>("#decide-text")?.value.trim() ?? "";
    let told = true;
    const decision = { request_id: this.requestId, state: this.to, text, seen: this.seen };
    const done = await this.perform(async () => {
      const answer = await api.decide(this.no, decision);
      told = answer.told === undefined || answer.told.mail || answer.told.chat;
    });
    if (!done) return;
    state.say(t(told ? "decide.done" : "decide.not_told", { no: this.no }));
    void state.refreshQueue();
    this.dispatchEvent(new CustomEvent("decided", { detail: { told } }));
  }
}

customElements.define("desk-decide", Decide);
